"""Files of other tools: MPXJ converts them to XML of Project or P6, which is read like any other."""
