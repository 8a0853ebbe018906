"""How often letters are used: what tells code pages apart, those of Windows and of other systems.

For every page the letters of the languages that are written in it, each language as one text with the commonest letter
first; for the pages of two bytes a character, common characters of names in projects. The orders are rough, from
published letter counts; only that wrong pages give unlikely letters matters.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

TONES: Final = "\u0301\u0300\u0323\u0309\u0303"
"""Tones of Vietnamese, which its page writes after the vowel."""

ALPHABETS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "cp1252": (
            "enisratdhulcgmobwfkzvpüäßjöyxq",  # German
            "esaitnrulodcpmévqfbghjàxèyêzçôûùâîïœwkëü",  # French
            "eaosrnidlctumpbgyívqóhfzjéáñxúüwk",  # Spanish
            "aeosrindmutclpvghqbfzjãçáéxóõêíâôúàkwy",  # Portuguese
            "eaionlrtscdupmvghfbqzòàùìèéjkwxy",  # Italian
            "eantrsildomkgväfhupåöbcyjxwzéq",  # Swedish
            "erntaidsgolkfmvupåbhøyæjcxwzqé",  # Danish, Norwegian
            "aintesloukämvrjhypdögbfcwåšžéqxz",  # Finnish
            "arniestuðgmlkvhdföþáíopyjbéóúýæcxwz",  # Icelandic
            "enatirodslghvkmubpwjzcfëéïxyqöü",  # Dutch
            "eaisrlntoducmpvgbfqhèàéxíòçóyjzúïü·kw",  # Catalan
            "ëetiarnsohkmdpujlvgbzfqçcyxw",  # Albanian
        ),
        "cp1250": (
            "aioeznrwstcykdpmujlłbgęhążóśfćńźxqv",  # Polish
            "oeantvsilkrdpímuázjyěcbhéřýžčšůfgúňxťóďwq",  # Czech
            "aoeinvrstlkdmcupázhybjíčéžýšúgľťfôxďňóäĺŕwq",  # Slovak
            "eatlnskomzrigáéydbvhjőfupöócíúüűxqw",  # Hungarian
            "eiarntulocsdpmăfvgbţşîzhâjxkyqw",  # Romanian
            "aioentrsjkvulmdpzgbčcšhžfćđyxwq",  # Croatian, Slovene
        ),
        "cp1251": (
            "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",  # Russian
            "оаніиеврткслдупмязьбгчхйюжїєцшщфґ",  # Ukrainian
            "аеоитнрсвлкдпмзгубячъщцжхшйюфь",  # Bulgarian
            "аоиенртсјквудмлпзгбчшцхжљњћђџф",  # Serbian
            "аіянероктлвсдзмпуьцыбгўчжйхшюфэё",  # Belarusian
        ),
        "cp1253": ("αοιετσνρκηυπλμςωάδίγόχέθφήβύώξζψϊϋΐΰ",),
        "cp1254": ("aeinrlıdkmutysboüşzgğçhvcöpfjâîûwqx",),
        "cp1255": ("יוהלארתבשמנםדחקעפכגטזסןצךףץ",),
        "cp1256": (
            "الينمرتوبةعسدفهكقحجشطصخذأىضئزثإغءظآؤ",  # Arabic
            "اینردهوبتمسشگکلخعقفجزپحچصطضغثذئظآژء",  # Persian
        ),
        "cp1257": (
            "iasterknulojmvdpgžybėųšąčįūzęfhc",  # Lithuanian
            "aisetrunkolmdāpvjzībgēļņcūšfžčķģhŗ",  # Latvian
            "aeistulkmndrovpjghüäõšböžfcyzwxq",  # Estonian
        ),
        "cp1258": (f"nhctgi{TONES}amuođdêôưlrâvsơăáàpkbyexqíóúéùèýãõfjwz",),
        "cp874": ("านรอกเงมยลวดทสตะัปบคหขี่้ิแใจไุูพชื์ำซโถผธศณฟึ็ภฉญษฐฝฆฎๆฮฏฒฌฬ",),
    }
)


class WidePage(NamedTuple):
    """A page of two bytes a character: common characters, and first bytes of the further ones by how rare they are."""

    common: str
    usual: range
    rare: range


COMMON_JAPANESE: Final = (
    "工事設計基礎配管据付機器電気計装試運転検査納入製作調達図面承認土木建築鉄骨屋根外壁内装塗装保温足"
    "場仮設解体撤去"
    "掘削埋戻杭打設鉄筋型枠完了開始着手引渡提出作成確認準備現場工場出荷輸送搬入組立溶接耐圧試験受電通"
    "水洗浄清掃教育"
    "訓練書類申請許可契約発注見積入札会議報告評価変更第一二三四五六七八九十階号棟区画系統水空調給排防"
    "火消火警報制御"
    "盤線配線接続端末動作単体総合性能立会社内官庁竣工施主客先詳細概略基本実施構造解析計算要件定義開発"
    "移行本番環境の"
)

WIDE: Final[Mapping[str, WidePage]] = MappingProxyType(
    {
        "gbk": WidePage(
            "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
            "产种面而方后多定行学法"
            "所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它"
            "合还因由其些然前外天"
            "政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解"
            "问意建月公无系军很情"
            "者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统"
            "接知较将组见计别手角"
            "期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志"
            "世金增争济阶油思术极"
            "交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完"
            "类八离华名确才科张信"
            "马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非"
            "验连断深难近矿千周委"
            "素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯"
            "院查江型眼王按格养易"
            "置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严尔亚兰尼巴洛伦罗"
            "程安装施计设备管道系统建筑基础混凝土结构测试验收调试采购运输进场开完成准备项目图纸审批电气机械水"
            "暖通风消防"
            "地下室主体屋面墙门窗梁板柱桩挖填方钢铁桥路段站线号楼区层段第一二三四五六七八九十年月日期中上下大"
            "小前后内外高低"
            "总分包合同招投标书交付用户现场理监督质量安全环境保护清除拆改制作加组油漆焊接保温绝缘压力容器泵阀"
            "仪表控制电缆"
            "变压配置网络软件开发需求编码部署培训会议报告文件评估批准许可证生产线试运行维修养护移交竣工防水装"
            "饰吊顶给排",
            range(0xB0, 0xD8),
            range(0xD8, 0xF8),
        ),
        "cp950": WidePage(
            "的工程安裝施計設備管道系統建築基礎混凝土結構測試驗收調採購運輸進場開完成準備項目圖紙審批電氣機械"
            "水暖通風消防"
            "地下室主體屋面牆門窗樑板柱樁挖填方鋼鐵橋路段站線號樓區層第一二三四五六七八九十年月日期中上下大小"
            "前後內外高低"
            "總分包合約招投標書交付用戶現場理監督質量安全環境保護清除拆改製作加組油漆焊接溫絕緣壓力容器泵閥儀表控制纜"
            "變配置網路軟體開發需求編碼部署培訓會議報告文件評估核准許可證生產試運轉維修養護移竣防裝飾吊頂給排"
            "擴張廠房",
            range(0xA4, 0xC7),
            range(0xC9, 0xFA),
        ),
        "cp932": WidePage(
            COMMON_JAPANESE,
            range(0x88, 0x98),
            range(0x98, 0xEB),
        ),
        "cp949": WidePage(
            "의공사설계기초배관치장비전계시운검수납품제작조달도면승인토목건축철골지붕외벽내장도보온비계가해체"
            "거굴착되메우말뚝"
            "타근거푸집완료개착인제출성확준현하운송반입립용접압험통세척청소교육훈련서류신청허계약발주견적찰회"
            "의고평변경일이삼사"
            "오육칠팔구십층호동역계통급환방화경어제선연결단체종합능사양구조해석요건정개행본환이가에을를은는로"
            "터트스크리트콘프"
            "로젝관리안전품질상하부대지선정보시스템프소웨어단계중점검토목표차원자재구매물류업무처분",
            range(0xB0, 0xC9),
            range(0xCA, 0xFE),
        ),
        "euc-jp": WidePage(COMMON_JAPANESE, range(0xB0, 0xD0), range(0xD0, 0xF5)),
    }
)

OTHER_SYSTEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "koi8-r": "cp1251",  # Unix
        "cp866": "cp1251",  # MS-DOS, and "CSV (MS-DOS)" of Excel
        "cp850": "cp1252",
        "cp852": "cp1250",
        "iso8859-5": "cp1251",
        "mac-roman": "cp1252",  # Macintosh, and "CSV (Macintosh)" of Excel
        "iso8859-2": "cp1250",  # Unix
        "euc-jp": "cp932",
    }
)
"""Pages of other systems than Windows, each with the page of Windows whose languages are written in it."""

CURRENCIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cp1250": "PLN CZK HUF RON ROL HRK BAM SKK SIT ALL",
        "cp1251": "RUB RUR UAH BYN BYR BGN KZT MKD KGS RSD",
        "cp1253": "GRD",
        "cp1254": "TRY TRL AZN",
        "cp1255": "ILS NIS",
        "cp1256": "SAR AED EGP QAR KWD OMR BHD JOD IQD LYD DZD MAD TND LBP YER SYP SDG IRR PKR",
        "cp1257": "LTL LVL EEK",
        "cp1258": "VND",
        "cp874": "THB",
        "cp932": "JPY",
        "gbk": "CNY RMB",
        "cp949": "KRW",
        "cp950": "TWD NTD HKD MOP",
    }
)
"""Base currencies of P6 on machines that have a page, as they are in their countries."""
