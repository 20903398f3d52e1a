"""Diminutives: short, tender and foreign forms of given names, by the full name they stand for."""

from functools import cache

from ambidesk.parties.matching.sounds import sound

# A line is one name; a form that stands on several lines (Саша, Alex, Chris) may be any of them.
FORMS = """
александр alexander alexandr саша саня шура сашка алекс alex sasha sanya sandy xander al alec
александра alexandra саша шура сашка sasha alex sandra sandy lexi
алексей alexei alexey леша лёша алёша лёха alyosha lyosha alex
анастасия anastasia настя настюша стася nastya stacy ася
анатолий anatoly толя толик tolya
андрей andrew андрюша андрюха andrey andy drew andre
анна anna аня анюта нюра анечка anya ann anne annie hanna hannah nancy
антон anton тоша антоша anthony antony tony
антонина antonina тоня tonya
аркадий arkady аркаша
арсений arseny сеня арсюша
артем артём artem artyom тёма тема артемий
борис boris боря borya
валентин valentin валя
валентина valentina валя valya
валерий valery валера
валерия valeria лера валера valerie
василий vasily вася vasya basil
вера vera верочка
вероника veronica ника ronnie
виктор victor viktor витя vitya vic
виктория victoria вика vika vicky tori
виталий vitaly виталик
владимир vladimir вова володя вовка vova volodya vlad влад
владислав vladislav влад vlad слава
всеволод vsevolod сева
вячеслав vyacheslav слава slava
галина galina галя galya
геннадий gennady гена gena
георгий georgy george гоша жора georgie
григорий gregory grigory гриша grisha greg
дарья daria darya даша dasha
даниил daniel данила danil даня dan danny
денис denis dennis денчик
дмитрий dmitry dmitri дима митя димка dima mitya
евгений evgeny eugene женя zhenya gene
евгения evgenia eugenia женя zhenya
екатерина ekaterina catherine катя катюша katya kate katie kathy cathy katherine kathryn kat kitty
елена elena helen лена алена алёна lena helena ellen
елизавета elizabeth elizaveta лиза liza lisa liz beth betty eliza bess lizzie
зинаида zinaida зина
иван ivan ваня ванька vanya john ioann
игорь igor игорёк гоша
илья ilya elijah илюша
инна inna
ирина irina ира ириша ira irene
кирилл kirill cyril кирюша
константин konstantin constantine костя kostya
ксения ksenia xenia ксюша оксана ksusha
лариса larisa лара
лев lev лёва leo
леонид leonid лёня
лидия lidia lydia лида
любовь lyubov люба lyuba
людмила lyudmila ludmila люда мила люся
максим maxim макс max maks
маргарита margarita рита margaret rita maggie peggy meg
марина marina мариша
мария maria маша машенька маруся masha mary marie
матвей matvey matthew мотя matt
михаил mikhail michael миша мишаня misha mike mick mickey
надежда nadezhda надя nadya
наталья наталия natalia natalie наташа natasha ната nat
никита nikita ник
николай nikolai nicholas коля kolya nick nicolas
нина nina
олег oleg
олеся olesya леся
ольга olga оля olya helga
павел pavel paul паша pasha
петр пётр petr peter петя petya pete
полина polina поля pauline
роман roman рома roma
руслан ruslan русик
светлана svetlana света sveta lana
семен семён semyon simon сеня
сергей sergey sergei серёжа сережа серый seryozha serge
софия софья sofia sophia соня sonya sophie
станислав stanislav стас stas slava слава stan
степан stepan stephen steven стёпа steve
тамара tamara тома
тарас taras
татьяна tatiana tatyana таня tanya
тимофей timofey timothy тима тимоша tim
тимур timur тима
ульяна ulyana уля
федор фёдор fyodor fedor theodore федя fedya ted
эдуард eduard edward эдик
юлия julia yulia юля yulya julie
юрий yuri yury юра yura george
яна yana jana
ярослав yaroslav ярик slava
abigail abby gail
albert al bert
alfred fred al alf
amanda mandy
arthur art
barbara barb babs
benjamin ben benny
bernard bernie
bradley brad
bridget biddy
cameron cam
caroline carol carrie
charles charlie chuck chas
charlotte charlie lottie
christina chris tina christine kristina kris
christopher chris kit topher
cynthia cindy
david dave davy
deborah deb debbie debra
donald don donny
dorothy dot dolly
edward ed eddie ned ted teddy
edwin ed eddie
emily em emmy
eleanor ellie nell nora
frances fran
francis frank
frederick fred freddy
gabriel gabe
gabrielle gabby
gerald gerry jerry
gregory greg
harold harry hal
henry harry hank
isabella isabel bella izzy
jacob jake
james jim jimmy jamie
janet jan
jeffrey jeff geoffrey geoff
jennifer jen jenny
jessica jess jessie
john johnny jack jon
jonathan jon jonny
joseph joe joey
joshua josh
judith judy
kenneth ken kenny
kimberly kim
lawrence larry laurence
leonard leo len lenny
madeline maddie
martin marty
melissa mel
michael mike mick mickey
mitchell mitch
nathaniel nathan nate nat
nicole nicky nikki
oliver ollie
pamela pam
patricia pat patty trish tricia
patrick pat paddy
philip phil
rachel rae
raymond ray
rebecca becky becca
richard rick dick rich ricky richie
robert bob rob bobby robbie bert
ronald ron ronnie
russell russ
samantha sam sammy
samuel sam sammy
stephanie steph
susan sue susie suzanne
theresa terry tess
thomas tom tommy
timothy tim
victoria vicky tori
vincent vince
walter walt
william bill will billy willie liam
zachary zach zack
"""


@cache
def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(FORMS.split("\n")):
        for form in line.split():
            found.setdefault(sound(form), set()).add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}


def full_names(given: str) -> frozenset[int]:
    """Number the full names that a given name may stand for; none where it is no known form."""
    return _groups().get(sound(given), frozenset())
