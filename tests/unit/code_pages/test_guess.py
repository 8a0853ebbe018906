"""Names in every code page of Windows come out as a person wrote them, or it is said how unsure that is."""

import random
import unicodedata

import pytest

from riskengine.code_pages.guess import SURE, guess_page
from riskengine.importers.p6.projects import read_xer
from tests.unit.importers.p6.xer_files import HEADER, activity, plan

NAMES = {
    "Polish": (
        "cp1250",
        "Wykonanie ścian fundamentowych|Montaż rurociągów|Zbrojenie płyty|Próby ciśnieniowe|Dostawa urządzeń",
    ),
    "Czech": (
        "cp1250",
        "Základy a výkopy|Betonáž stropů|Zkoušky těsnosti|Předání díla|Střecha a krov|Příprava staveniště",
    ),
    "Hungarian": (
        "cp1250",
        "Szerkezetépítés|Csővezeték szerelés|Műszaki átadás|Földmunka előkészítése|Tűzvédelmi rendszer",
    ),
    "Romanian": (
        "cp1250",
        "Săpături şi fundaţii|Instalaţii electrice|Recepţia lucrărilor|Pereţi exteriori|Încercări finale",
    ),
    "Croatian": (
        "cp1250",
        "Montaža čelične konstrukcije|Tehnički pregled|Završni radovi|Žbukanje zidova|Puštanje u pogon",
    ),
    "Slovak": (
        "cp1250",
        "Výstavba základovej dosky|Montáž oceľovej konštrukcie|Skúšky zariadení|Dodávka čerpadiel",
    ),
    "Russian": (
        "cp1251",
        "Монтаж трубопровода|Устройство фундамента|Поставка оборудования|СДАЧА ОБЪЕКТА|Бетонирование плиты",
    ),
    "Ukrainian": (
        "cp1251",
        "Влаштування фундаментів|Монтаж конструкцій|Електропостачання|Здача об'єкта|Їдальня",
    ),
    "Bulgarian": (
        "cp1251",
        "Изкопни работи|Монтаж на оборудване|Покривна конструкция|Въвеждане в експлоатация",
    ),
    "German": (
        "cp1252",
        "Prüfstand aufbauen|Gründung und Pfähle|Rohrleitungsbau für Kühlwasser|Übergabe|Wärmedämmung",
    ),
    "French": (
        "cp1252",
        "Études d’exécution|Gros œuvre|Réception des travaux|Béton armé|GÉNIE CIVIL|Étanchéité toiture",
    ),
    "Spanish": (
        "cp1252",
        "Excavación y cimentación|Montaje de tuberías|Instalación eléctrica|Señalización|Diseño básico",
    ),
    "Portuguese": (
        "cp1252",
        "Fundações e estacas|Montagem de tubulação|Instalações elétricas|Execução da laje",
    ),
    "Swedish": (
        "cp1252",
        "Schaktning och pålning|Rörläggning|Driftsättning|Målning|Överlämning|Grundläggning",
    ),
    "Danish": (
        "cp1252",
        "Grøft og fundament|Rørlægning|Idriftsættelse|Aflevering på byggeplads|Ståldør",
    ),
    "Greek": (
        "cp1253",
        "Εκσκαφές και θεμελίωση|Σκυροδέτηση πλάκας|Τοποθέτηση σωληνώσεων|ΠΑΡΑΔΟΣΗ ΕΡΓΟΥ|Δοκιμές",
    ),
    "Turkish": (
        "cp1254",
        "Temel kazısı|Boru montajı|Betonarme işleri|Çelik konstrüksiyon|İşletmeye alma|Geçici kabul|Dış cephe",
    ),
    "Hebrew": (
        "cp1255",
        "חפירה ויסודות|יציקת בטון|התקנת צנרת|בדיקות קבלה|מסירת הפרויקט|עבודות חשמל",
    ),
    "Arabic": (
        "cp1256",
        "أعمال الحفر والردم|تركيب الأنابيب|صب الخرسانة|الاختبار والتشغيل|تسليم المشروع",
    ),
    "Lithuanian": (
        "cp1257",
        "Pamatų įrengimas|Vamzdynų montavimas|Statybos užbaigimas|Žemės darbai|Sąmatos paruošimas",
    ),
    "Latvian": (
        "cp1257",
        "Pamatu izbūve|Cauruļvadu montāža|Nodošana ekspluatācijā|Būvlaukuma sagatavošana|Zemes darbi, pāļi",
    ),
    "Estonian": ("cp1257", "Elektritööd|Üleandmine|Põrandad ja seinad|Katusetööd ja müür"),
    "Vietnamese": (
        "cp1258",
        "Thi công móng cọc|Lắp đặt đường ống|Nghiệm thu bàn giao|Đào đất|Thiết kế bản vẽ|Chạy thử thiết bị",
    ),
    "Thai": ("cp874", "งานขุดดิน|ติดตั้งท่อ|เทคอนกรีต|ทดสอบระบบ|ส่งมอบโครงการ|งานไฟฟ้า"),
    "Japanese": (
        "cp932",
        "基礎工事|配管据付|機器搬入|試運転調整|コンクリート打設|引渡し|ポンプの設置|表示装置の十分な試験",
    ),
    "Chinese": ("gbk", "基础开挖|管道安装|钢结构吊装|设备采购|系统调试|竣工验收|初步设计|脱硫塔防腐"),
    "Korean": ("cp949", "기초 공사|배관 설치|철골 조립|시운전|준공 검사|콘크리트 타설|토공사|전기 계장"),
    "Traditional Chinese": ("cp950", "基礎開挖|管線安裝|鋼構吊裝|設備採購|系統測試|竣工驗收|初步設計|機電工程"),
}
"""Language to its code page and names as planners give them; some characters of cp932 and cp950 end in a backslash."""

CURRENCIES = {
    "Czech": "CZK",
    "Lithuanian": "LTL",
    "Croatian": "HRK",
    "Turkish": "TRY",
    "Korean": "KRW",
    "German": "EUR",
}


OTHER_SYSTEMS = {
    "koi8-r": "Russian",
    "cp866": "Russian",
    "iso8859-5": "Russian",
    "cp850": "German",
    "cp852": "Czech",
    "mac-roman": "Swedish",
    "iso8859-2": "Polish",
    "euc-jp": "Japanese",
}
"""Page of another system than Windows to a language that is written in it."""


def in_page(text, page):
    """The bytes of a text; Vietnamese with its tones after the letters, as Windows writes it."""
    if page != "cp1258":
        return text.encode(page)
    found = b""
    for sign in text:
        letters = unicodedata.normalize("NFD", sign)
        for tone in ("", *letters[1:]):
            try:
                rest = unicodedata.normalize("NFC", letters.replace(tone, "") if tone else sign)
                found += rest.encode(page) + tone.encode(page)
                break
            except UnicodeEncodeError:
                continue
        else:
            raise AssertionError(f"{sign} is not in {page}")
    return found


def written(folder, names, page, currency="EUR"):
    """A file with an activity for each name."""
    marks = [f"NAME{number:05}" for number in range(len(names))]
    text = plan([activity(f"A{number}", task_name=mark) for number, mark in enumerate(marks)])
    data = text.replace(HEADER, HEADER.removesuffix("EUR") + currency).replace("\n", "\r\n").encode("ascii")
    for mark, name in zip(marks, names, strict=True):
        data = data.replace(mark.encode(), in_page(name, page))
    path = folder / "plan.xer"
    path.write_bytes(data)
    return path


def generated(language, count, seed):
    """A page and names made of those of a language: some of them, numbered where there are more than there are."""
    page, names = NAMES[language]
    chance, known = random.Random(f"{language} {seed}"), names.split("|")
    if count <= len(known):
        return page, chance.sample(known, count)
    return page, [f"{chance.choice(known)} {number}" for number in range(count)]


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("count", [3, 4, 40, 400])
def test_names_of_a_file_come_out_as_they_were_written(tmp_path, language, count):
    for seed in range(4 if count < 40 else 1):
        page, names = generated(language, count, seed)
        (schedule,) = read_xer(written(tmp_path, names, page))
        assert [task.name for task in schedule.tasks] == names, (seed, schedule.notes)


@pytest.mark.parametrize("language", NAMES)
def test_a_single_name_is_right_or_its_page_is_called_uncertain(tmp_path, language):
    page, names = NAMES[language][0], NAMES[language][1].split("|")
    for name in names:
        (schedule,) = read_xer(written(tmp_path, [name], page))
        is_right = schedule.tasks[0].name == name
        assert is_right or any("could not be told for certain" in note for note in schedule.notes), schedule.notes


@pytest.mark.parametrize("page", OTHER_SYSTEMS)
def test_pages_of_dos_unix_and_macintosh_are_told_or_called_uncertain(page):
    names = NAMES[OTHER_SYSTEMS[page]][1].split("|")
    together = guess_page("\t".join(names).encode(page))
    assert "\t".join(names).encode(page).decode(together.page) == "\t".join(names), together
    for name in names:
        data = name.encode(page)
        guess = guess_page(data)
        assert data.isascii() or data.decode(guess.page) == name or guess.confidence < SURE, (name, guess)


@pytest.mark.parametrize("language", CURRENCIES)
def test_the_currency_of_the_file_settles_what_a_single_name_leaves_open(tmp_path, language):
    page, names = NAMES[language][0], NAMES[language][1].split("|")
    for name in names:
        (schedule,) = read_xer(written(tmp_path, [name], page, CURRENCIES[language]))
        assert schedule.tasks[0].name == name


@pytest.mark.parametrize("language", NAMES)
def test_an_encoding_by_hand_gives_the_name_without_a_guess(tmp_path, language):
    page, names = NAMES[language][0], NAMES[language][1].split("|")
    (schedule,) = read_xer(written(tmp_path, names[:1], page), page)
    assert schedule.tasks[0].name == names[0]
    assert not any("encoding" in note for note in schedule.notes)


def test_the_guess_and_its_confidence_are_said(tmp_path):
    (schedule,) = read_xer(written(tmp_path, ["Σκυροδέτηση θεμελίων"], "cp1253"))
    assert "the encoding was taken for cp1253, 99 % sure; --encoding names another" in schedule.notes
    (schedule,) = read_xer(written(tmp_path, ["Tehnički pregled"], "cp1250"))
    (note,) = [note for note in schedule.notes if "encoding" in note]
    assert note.startswith("the encoding could not be told for certain: it was taken for")
    assert "cp1250" in note and "--encoding names another" in note


@pytest.mark.parametrize(
    "text",
    ["Ø20 bars", "Pipe DN 200 – Ø 219", "20 °C", "£ rate", "“Phase 2” works", "5 µm filter", "Café fit-out"],
)
def test_signs_of_western_files_do_not_make_them_something_else(text):
    data = text.encode("cp1252")
    assert data.decode(guess_page(data).page) == text


def test_one_stray_byte_does_not_change_the_page(tmp_path):
    page, names = generated("Russian", 40, 1)
    path = written(tmp_path, names, page)
    path.write_bytes(path.read_bytes().replace(b"CREW", b"").replace(b"PLANT", b"PL\x98ANT"))
    (schedule,) = read_xer(path)
    assert [task.name for task in schedule.tasks] == names
    assert "1 character could not be read in cp1251: U+FFFD stands for each" in schedule.notes
