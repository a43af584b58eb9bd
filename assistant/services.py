"""The services, built once from the settings and shared by every face."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.ask import AskService
from assistant.asked import AskedLog
from assistant.audit import AuditLog
from assistant.browse import BrowseService
from assistant.checking.service import CheckService
from assistant.checking.support import SupportService
from assistant.checking.whole_text import TextCheckService
from assistant.conversations import ConversationStore
from assistant.conversing import ConversationService
from assistant.database.engine import Database, database_url
from assistant.desk.batch_running import BatchRunner
from assistant.desk.batches import BatchService
from assistant.desk.cases import CaseService
from assistant.desk.draft_service import DraftService
from assistant.desk.drafting import DraftingService
from assistant.desk.insight import InsightService
from assistant.desk.prospects import ProspectService
from assistant.desk.retention import Ages, Retention
from assistant.desk.subjects import SubjectService
from assistant.feedback import FeedbackService
from assistant.model.recording import RewriteLog
from assistant.model.setting_up import entailment_of, judge_of, model_client, question_finder_of, question_writer_of, rewriter_of
from assistant.pathways import PathwayService
from assistant.people.service import PeopleService
from assistant.settings import Settings
from assistant.standalone import StandAloneMaker
from index.embedding import Embedder, SentenceEmbedder
from index.live import LiveIndex
from index.versions import Versions

if TYPE_CHECKING:  # loaded only where a language model is set up
    from assistant.model.client import ModelClient


@dataclass(frozen=True)
class Services:
    """What faces call."""

    settings: Settings
    live: LiveIndex
    ask: AskService
    browse: BrowseService
    pathways: PathwayService
    conversations: ConversationStore
    converse: ConversationService
    database: Database
    audit: AuditLog
    people: PeopleService
    cases: CaseService
    drafting: DraftingService
    drafts: DraftService
    prospects: ProspectService
    insight: InsightService
    asked: AskedLog
    feedback: FeedbackService
    batches: BatchService
    batch_runner: BatchRunner
    checks: CheckService
    text_checks: TextCheckService
    support: SupportService
    subjects: SubjectService
    retention: Retention
    model: "ModelClient | None" = None
    rewrite_log: RewriteLog | None = None

    def close(self) -> None:
        """Let go of what runs beside the requests: what is still to be recorded is written, and connections are closed. Everything can be used again."""
        self.asked.settle()
        if self.rewrite_log:
            self.rewrite_log.settle()
        if self.model:
            self.model.close()
        self.conversations.close()


def build_services(settings: Settings, embedder: Embedder | None = None) -> Services:
    """Load the embedding model (unless one is given) and wire the services.

    Raises EmbeddingError or EntailmentError where a model cannot be loaded, DatabaseAddressError for a database that cannot be used, and BadInputError for
    a language model that cannot. Nothing is read or written yet, and nothing asked of that model.
    """
    if settings.threads:
        import torch

        torch.set_num_threads(settings.threads)
    embedder = embedder or SentenceEmbedder(settings.embedding_model)
    live = LiveIndex(Versions(settings.index_dir))
    model = model_client(settings)
    judge = judge_of(settings, model, entailment_of(settings))
    checks = CheckService(live, embedder, entailment=judge)
    database = Database(database_url(settings.database_url, settings.data_dir))
    audit = AuditLog(database)
    rewriter = rewriter_of(settings, model, embedder, judge)
    rewrite_log = RewriteLog(database, audit, model.name) if model else None
    ask = AskService(live, embedder, settings.question_limit, rewriter=rewriter, rewrite_log=rewrite_log)
    conversations = ConversationStore(database)
    maker = StandAloneMaker(embedder, writer=question_writer_of(settings, model))
    asked = AskedLog(database, lambda: live.current().manifest.version, settings.asked_log)
    converse = ConversationService(ask, conversations, live, maker, settings.question_limit, asked, settings.engine, has_model=rewriter is not None)
    drafting = DraftingService(
        converse,
        live,
        StandAloneMaker(embedder),
        settings.question_limit,
        engine="llm" if settings.model_letters else "extractive",
        finder=question_finder_of(settings, model),
    )
    cases = CaseService(database, audit, settings.reply_days, embedder=embedder)
    support = SupportService(checks, live, embedder)
    batches = BatchService(database, audit, settings.question_limit)
    subjects = SubjectService(database, audit)
    ages = Ages(conversations=settings.conversation_days, cases=settings.case_days, asked=settings.asked_days)
    return Services(
        settings=settings,
        live=live,
        ask=ask,
        browse=BrowseService(live, embedder, settings.question_limit),
        pathways=PathwayService(live),
        conversations=conversations,
        converse=converse,
        drafting=drafting,
        checks=checks,
        text_checks=TextCheckService(checks),
        support=support,
        subjects=subjects,
        retention=Retention(database, audit, subjects, ages),
        drafts=DraftService(database, audit, cases, drafting, support, live, asked=asked),
        database=database,
        audit=audit,
        people=PeopleService(database, audit, timedelta(hours=settings.session_idle_hours), timedelta(days=settings.session_days)),
        cases=cases,
        model=model,
        rewrite_log=rewrite_log,
        prospects=ProspectService(database, audit),
        insight=InsightService(database, live, embedder),
        asked=asked,
        feedback=FeedbackService(database),
        batches=batches,
        batch_runner=BatchRunner(batches, asked, converse.once, drafting.draft),
    )
