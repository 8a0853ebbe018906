// Reads a schedule with MPXJ, schedules it with MPXJ's own scheduler, and writes the dates as JSON.
//
// Run with: java -cp 'mpxj/lib/*' Schedule.java SOURCE RESULT microsoft|primavera

import java.io.PrintWriter;
import java.time.LocalDateTime;
import org.mpxj.ProjectFile;
import org.mpxj.Task;
import org.mpxj.cpm.MicrosoftScheduler;
import org.mpxj.cpm.PrimaveraScheduler;
import org.mpxj.cpm.Scheduler;
import org.mpxj.reader.UniversalProjectReader;

public class Schedule
{
   public static void main(String[] arguments) throws Exception
   {
      ProjectFile project = new UniversalProjectReader().read(arguments[0]);
      boolean isPrimavera = arguments[2].equals("primavera");
      Scheduler scheduler = isPrimavera ? new PrimaveraScheduler() : new MicrosoftScheduler();
      LocalDateTime start = isPrimavera ? project.getProjectProperties().getPlannedStart() : project.getProjectProperties().getStartDate();
      scheduler.schedule(project, start);
      try (PrintWriter result = new PrintWriter(arguments[1], "UTF-8"))
      {
         String separator = "[\n";
         for (Task task : project.getTasks())
         {
            if (task.getSummary() || task.getNull() || !task.getActive())
            {
               continue;
            }
            result.print(separator);
            result.printf(
               "{\"uid\": \"%s\", \"early_start\": %s, \"early_finish\": %s, \"late_start\": %s, \"late_finish\": %s}",
               task.getUniqueID(), quoted(task.getEarlyStart()), quoted(task.getEarlyFinish()), quoted(task.getLateStart()), quoted(task.getLateFinish()));
            separator = ",\n";
         }
         result.print(separator.equals("[\n") ? "[]\n" : "\n]\n");
      }
   }

   private static String quoted(LocalDateTime date)
   {
      return date == null ? "null" : "\"" + date + "\"";
   }
}
