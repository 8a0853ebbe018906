"""How often letters are used: what tells the code pages of Windows apart.

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
            "aintesloukämvrjhypdögbfcwåqxz",  # Finnish
            "arniestuðgmlkvhdföþáíopyjbéóúýæcxwz",  # Icelandic
            "enatirodslghvkmubpwjzcfëéïxyqöü",  # Dutch
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
            "aeistulkmndrovpjghüäõböfšžcyzwxq",  # Estonian
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


WIDE: Final[Mapping[str, WidePage]] = MappingProxyType(
    {
        "gbk": WidePage(
            "的工程安装施计设备管道系统建筑基础混凝土结构测试验收调试采购运输进场开完成准备项目图纸审批电气机械水暖通风消防"
            "地下室主体屋面墙门窗梁板柱桩挖填方钢铁桥路段站线号楼区层段第一二三四五六七八九十年月日期中上下大小前后内外高低"
            "总分包合同招投标书交付用户现场理监督质量安全环境保护清除拆改制作加组油漆焊接保温绝缘压力容器泵阀仪表控制电缆"
            "变压配置网络软件开发需求编码部署培训会议报告文件评估批准许可证生产线试运行维修养护移交竣工防水装饰吊顶给排",
            range(0xB0, 0xD8),
            range(0xD8, 0xF8),
        ),
        "cp950": WidePage(
            "的工程安裝施計設備管道系統建築基礎混凝土結構測試驗收調採購運輸進場開完成準備項目圖紙審批電氣機械水暖通風消防"
            "地下室主體屋面牆門窗樑板柱樁挖填方鋼鐵橋路段站線號樓區層第一二三四五六七八九十年月日期中上下大小前後內外高低"
            "總分包合約招投標書交付用戶現場理監督質量安全環境保護清除拆改製作加組油漆焊接溫絕緣壓力容器泵閥儀表控制纜"
            "變配置網路軟體開發需求編碼部署培訓會議報告文件評估核准許可證生產試運轉維修養護移竣防裝飾吊頂給排擴張廠房",
            range(0xA4, 0xC7),
            range(0xC9, 0xFA),
        ),
        "cp932": WidePage(
            "工事設計基礎配管据付機器電気計装試運転検査納入製作調達図面承認土木建築鉄骨屋根外壁内装塗装保温足場仮設解体撤去"
            "掘削埋戻杭打設鉄筋型枠完了開始着手引渡提出作成確認準備現場工場出荷輸送搬入組立溶接耐圧試験受電通水洗浄清掃教育"
            "訓練書類申請許可契約発注見積入札会議報告評価変更第一二三四五六七八九十階号棟区画系統水空調給排防火消火警報制御"
            "盤線配線接続端末動作単体総合性能立会社内官庁竣工施主客先詳細概略基本実施構造解析計算要件定義開発移行本番環境の",
            range(0x88, 0x98),
            range(0x98, 0xEB),
        ),
        "cp949": WidePage(
            "의공사설계기초배관치장비전계시운검수납품제작조달도면승인토목건축철골지붕외벽내장도보온비계가해체거굴착되메우말뚝"
            "타근거푸집완료개착인제출성확준현하운송반입립용접압험통세척청소교육훈련서류신청허계약발주견적찰회의고평변경일이삼사"
            "오육칠팔구십층호동역계통급환방화경어제선연결단체종합능사양구조해석요건정개행본환이가에을를은는로터트스크리트콘프"
            "로젝관리안전품질상하부대지선정보시스템프소웨어단계중점검토목표차원자재구매물류업무처분",
            range(0xB0, 0xC9),
            range(0xCA, 0xFE),
        ),
    }
)

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
