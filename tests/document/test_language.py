"""Which language the prose is in, among code, English terms and quotations."""

import pytest

from pmlint.document.parse import parse

CODE = "\n\n```\nERROR: connection refused by the server, the pool is exhausted and we are out of memory\n```\n"

LANGUAGES = [
    pytest.param(
        "en", "The cache was empty and all requests went to the database, which was not able to answer them.", id="en"
    ),
    pytest.param("en", "", id="nothing"),
    pytest.param("en", "Disk full on db-01. Restart. OK.", id="too-little"),
    pytest.param(
        "en",
        "Ana de Souza, Pedro da Silva, Rui dos Santos, João da Costa, Inês de Almeida, Luís dos Reis, Marta "
        "da Cruz, Carlos de Jesus, Paula da Luz, Hugo de Sá, Nuno da Veiga, Rita de Brito, Sara dos Anjos, "
        "Tiago da Mota",
        id="names-with-particles",
    ),
    pytest.param(
        "en",
        "The label showed 停止 instead of the price, and all of the shops were affected by it.",
        id="a-word-in-japanese",
    ),
    pytest.param("ja", "更新後に画像サーバーが停止し、約二千人が画像を見られなかった。", id="ja"),
    pytest.param(
        "ja",
        "recap-worker の mTLS クライアント証明書が in-memory に固定され、3days Recap が失敗した。",
        id="ja-with-terms",
    ),
    pytest.param("zh", "磁盘写满导致容器启动失败，清理日志后恢复正常。", id="zh"),
    pytest.param("zh", "VolSync 的 snapshot 没有更新，导致 init container 一直等待。", id="zh-with-terms"),
    pytest.param("zh", "无法连接 smb。" + CODE, id="zh-with-a-log"),
    pytest.param("ko", "데이터베이스 연결이 모두 소진되어 로그인이 중단되었습니다.", id="ko"),
    pytest.param("ru", "База данных была недоступна в течение двадцати минут, пользователи не могли войти.", id="ru"),
    pytest.param(
        "pt",
        "O serviço de pagamentos ficou indisponível por quarenta minutos e os clientes não conseguiram "
        "concluir as compras. A causa foi um certificado que expirou no balanceador, e a equipe foi avisada "
        "por um alerta de erro. O certificado foi renovado e o serviço voltou ao normal.",
        id="pt",
    ),
    pytest.param(
        "de",
        "Der Dienst war für eine Stunde nicht erreichbar, weil das Zertifikat abgelaufen war. Die Kunden "
        "konnten sich nicht anmelden. Das Zertifikat wurde von der Bereitschaft erneuert, und der Dienst ist "
        "seit dem Mittag wieder stabil. Wir haben die Prüfung in den Kalender und in die Überwachung "
        "aufgenommen.",
        id="de",
    ),
    pytest.param(
        "es",
        "El servicio no estuvo disponible durante una hora porque el certificado había caducado. Los clientes "
        "no podían entrar en la tienda y el equipo de guardia fue avisado por una alerta. Se renovó el "
        "certificado y el servicio volvió a la normalidad en la tarde del lunes.",
        id="es",
    ),
    pytest.param(
        "fr",
        "Le service a été indisponible pendant une heure, car le certificat avait expiré. Les clients ne "
        "pouvaient pas se connecter et nous avons été prévenus par une alerte. Le certificat a été renouvelé "
        "et le service est revenu à la normale dans la soirée du lundi.",
        id="fr",
    ),
]


@pytest.mark.parametrize(("expected", "text"), LANGUAGES)
def test_language(expected: str, text: str) -> None:
    assert expected == parse(text).language
