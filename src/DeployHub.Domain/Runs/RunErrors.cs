namespace DeployHub.Domain.Runs;

/// <summary>Every way a run says no.</summary>
public static class RunErrors
{
    public static readonly Error StaleFence =
        new(ErrorKind.Conflict, "run.stale-fence", "Another worker has taken this over since; what the old one reports changes nothing.");

    public static readonly Error NotHalted =
        new(ErrorKind.Conflict, "run.not-halted", "This run is not halted, so there is nothing to resolve. Look again: somebody may have been faster.");

    public static readonly Error RunIsOver = new(ErrorKind.Conflict, "run.over", "This run is over.");

    public static readonly Error NothingToRetry =
        new(ErrorKind.Conflict, "run.nothing-to-retry", "No step failed, so there is nothing to retry.");

    public static readonly Error NothingTouched =
        new(ErrorKind.Conflict, "run.nothing-touched", "No target was changed and no traffic shifted, so there is nothing to roll back. Postpone or abandon the run.");

    public static readonly Error TooManyRetries =
        new(ErrorKind.Conflict, "run.too-many-retries", "A person may retry a step five times. Choose another resolution.");

    public static readonly Error DiagnosisMissing =
        Error.Invalid("run.diagnosis-missing", "Diagnosis", "Write what you found out: every resolution records its diagnosis.");

    public static readonly Error RemedyMissing =
        Error.Invalid("run.remedy-missing", "Remedy", "Write what was fixed and where that is recorded.");

    public static readonly Error HandiworkMissing =
        Error.Invalid("run.handiwork-missing", "Remedy", "Write what was done by hand and what shows it: the record keeps it as evidence.");

    public static readonly Error MeasureMissing =
        Error.Invalid("run.measure-missing", "CompensatingMeasure", "Write what is done meanwhile to bear the risk: a waiver needs a compensating measure.");

    public static readonly Error OperatorMayNotWaive =
        new(ErrorKind.Forbidden, "SOD-4", "Who operates the run may not waive its checks (SOD-4).") { WhoCould = "another approver" };

    public static readonly Error PlannerMayNotWaive =
        new(ErrorKind.Forbidden, "run.planner-may-not-waive", "Who planned the deployment may not waive that others accept it.") { WhoCould = "another approver" };

    public static readonly Error FixesNoIncident =
        new(ErrorKind.Conflict, "run.fixes-no-incident", "An incident is active, and only a deployment whose reason is FixIncident goes on then. Wait until it is over and retry, or plan the fix as what it is.");

    public static readonly Error SuccessorMissing =
        Error.Invalid("run.successor-missing", "SupersededBy", "Name the deployment that fixes this one forward, such as DEP-2026-000124: plan it first.");

    public static readonly Error Irreversible =
        new(ErrorKind.Conflict, "run.irreversible", "The model says that this deployment cannot be rolled back. Choose another resolution.");

    public static readonly Error NoSuchManualStep =
        new(ErrorKind.Conflict, "run.no-manual-step", "No step waits for a person here. Look again: somebody may have answered it.");

    public static readonly Error NoSuchReport =
        new(ErrorKind.NotFound, "report.unknown", "Nobody asked for this report: its address or its token is wrong, or the step was tried again since and a newer message carries its own.");

    public static readonly Error ReportTooLate =
        new(ErrorKind.Conflict, "report.too-late", "Nobody waits for this report any more: the step's time was over, its worker was lost, or the run has ended. A person decides what follows.");

    public static readonly Error NothingToAcknowledge =
        new(ErrorKind.Conflict, "run.no-acknowledgement", "Nobody is asked to confirm this now. Look again: enough may have confirmed already, or the deadline is over.");

    /// <summary>Accepted is what was seen to be so, all of it.</summary>
    public static Error CriteriaOpen(IReadOnlyList<string> open) =>
        Error.Invalid("run.criteria-open", "Met", $"Tick every criterion that you saw to be so, or reject it: {Words.List(open.Select(criterion => $"“{criterion}”"))} {(open.Count == 1 ? "is" : "are")} open.");

    public static readonly Error AlreadyAcknowledged = new(ErrorKind.Conflict, "run.already-acknowledged", "You have confirmed this already; once is enough.");

    public static readonly Error NoQuiz = new(ErrorKind.Conflict, "run.no-quiz", "This asks you no questions: confirm it when you have read it.");

    public static readonly Error QuizPassed = new(ErrorKind.Conflict, "run.quiz-passed", "You have answered enough of the questions right already: confirm what you have read.");

    public static readonly Error QuizNotPassed =
        new(ErrorKind.Conflict, "run.quiz-not-passed", "Answer the questions first: whoever confirms has shown to have understood. You may try as often as you like.");

    public static Error QuizIncomplete(int number, string question) =>
        Error.Invalid("run.quiz-incomplete", "Answers", $"Answer every question, each once: question {number}, “{question}”, has no answer or several.");

    public static Error QuizChoiceUnknown(int number, string choice) =>
        Error.Invalid("run.quiz-choice-unknown", "Answers", $"Question {number} does not offer “{choice}”.");

    public static readonly Error ReaderNotAsked =
        Error.Invalid("run.reader-not-asked", "Person", "This person is not among those who are asked to confirm this.");

    public static readonly Error BackAlready =
        Error.Invalid("run.back-already", "Until", "Say on which day the reader is back: a day to come.");

    public static readonly Error OwnExemption =
        new(ErrorKind.Forbidden, "run.own-exemption", "Nobody makes themselves exempt (SOD-4): somebody else who may decides it.") { WhoCould = "another deployment manager" };

    public static readonly Error NoReaderWouldRemain =
        new(ErrorKind.Conflict, "run.no-reader-would-remain", "Nobody would be left who confirms this, and a version that nobody has read is not deployed. Give more time, or abandon the run.");

    public static Error AwayTooLong(DateOnly last) =>
        Error.Invalid("run.away-too-long", "Until", $"Say a day until {last:yyyy-MM-dd}: whoever is away for more than a year is no reader any more.");

    public static Error TooFewReadersWouldRemain(int needed, int remaining) =>
        new(ErrorKind.Conflict, "run.too-few-readers-would-remain", $"{needed} have to confirm this and {remaining} would be left who can. Give more time, or abandon the run.");

    public static Error HasAcknowledged(string reader) =>
        Error.Invalid("run.already-acknowledged", "Person", $"{reader} has confirmed this already.") with { Kind = ErrorKind.Conflict };

    public static readonly Error TooManyQuestions =
        new(ErrorKind.Conflict, "run.too-many-questions", $"{Run.MostOpenQuestions} questions of yours are open. Wait for an answer, or resolve what has settled itself.");

    public static readonly Error QuestionOfAnother =
        new(ErrorKind.Forbidden, "run.question-of-another", "Only whoever asked it, or may answer it, can say that a question is settled.") { WhoCould = "a deployment manager, deployment practitioner or release manager" };

    public static readonly Error QuestionNotBlocking =
        new(ErrorKind.Conflict, "run.question-not-blocking", "This question blocks nothing, so there is nothing to overrule. Answer it, or let it stand.");

    public static Error QuestionSettled(ReaderQuestion question) =>
        new(ErrorKind.Conflict, "run.question-settled", $"Question {question.Number} is {Words.Of(question.Status)} already, by {question.RepliedBy!.Name}.");

    public static Error QuestionsBlock(IReadOnlyList<ReaderQuestion> open) =>
        new(ErrorKind.Conflict, "run.questions-open", $"{Words.List(open.Select(question => $"Question {question.Number} of {question.By.Name}"))} {(open.Count == 1 ? "is" : "are")} open and {(open.Count == 1 ? "blocks" : "block")} this: answer {(open.Count == 1 ? "it" : "them")} first, or overrule {(open.Count == 1 ? "it" : "them")} with a reason.")
        {
            WhoCould = "a deployment manager, deployment practitioner or release manager",
        };

    public static readonly Error NothingAvailable =
        new(ErrorKind.Conflict, "pull.nothing-available", "Nothing is available to this target that it could report on: it has reported already, the deadline is over, or the version was withdrawn. Ask again later.");

    public static readonly Error ManualStepNotYet =
        new(ErrorKind.Conflict, "run.manual-step-not-yet", "This step is not asked for yet: what comes before it is still being done. Answer it again in a moment.");

    public static readonly Error TasksRest =
        new(ErrorKind.Conflict, "run.halted", "This run is halted: what people do by hand rests until somebody has decided about the halt. The step asks again when the run goes on.")
        {
            WhoCould = "a deployment practitioner or deployment manager",
        };

    public static readonly Error PromotionRests =
        new(ErrorKind.Conflict, "run.halted", "This run is halted: decide about the halt first.")
        {
            WhoCould = "a deployment practitioner or deployment manager",
        };

    public static readonly Error PromotionUnexplained =
        Error.Invalid("run.promotion-unexplained", "Reason", "A check could not tell whether this phase is well: write why it is promoted all the same.");

    public static readonly Error ExtensionTooShort =
        Error.Invalid("run.extension-too-short", "By", "Say for how much longer the phase is observed, such as 10m.");

    public static readonly Error ExtensionInThePast =
        Error.Invalid("run.extension-in-the-past", "Until", "Say until when the slot lasts from now on: a time to come.");

    public static readonly Error ExtensionTooLong =
        Error.Invalid("run.extension-too-long", "Until", "Say until when the slot lasts: at most 31 days from now.");

    public static readonly Error StillFrozen = new(
        ErrorKind.Conflict, "run.still-frozen", "A freeze holds here now, and no exception lets this run pass it. Ask for one and go on once it is granted, or wait until the freeze is over.")
    {
        WhoCould = "whoever grants exceptions from the freeze",
    };

    public static readonly Error AlreadyOperator = new(ErrorKind.Conflict, "run.already-operator", "You operate this run already.");

    public static readonly Error TargetsNotNamed =
        Error.Invalid("run.targets-not-named", "Targets", "Name the failed targets to leave out.");

    public static readonly Error NoTargetWouldRemain =
        Error.Invalid("run.no-target-would-remain", "Targets", "At least one target must remain. To stop here, roll back or abandon.");

    public static readonly Error EvidenceFileMissing =
        Error.Invalid("run.evidence-missing", "Files", "This step asks for a file as evidence: attach what shows that it was done.");

    public static readonly Error AnswerUnexplained =
        Error.Invalid("run.answer-unexplained", "Note", "Write what stands in the way: the person who decides about the halt reads it.");

    public static readonly Error EvidenceMissing =
        Error.Invalid("run.evidence-missing", "Note", "This step asks for evidence: describe or attach what shows that it was done.");

    public static Error ValueMissing(string name) =>
        Error.Invalid("run.value-missing", "Values", $"This step asks for “{name}”: type or scan it.");

    public static Error ValueMalformed(string name, string pattern) =>
        Error.Invalid("run.value-malformed", "Values", $"“{name}” does not look like one: it has to match {pattern}. Read it again, or answer “problem”.");

    public static Error ValueUnknown(string name) =>
        Error.Invalid("run.value-unknown", "Values", $"This step does not ask for “{name}”.");

    public static readonly Error ReportedAlready =
        new(ErrorKind.Conflict, "run.reported-already", "Somebody did this already, and a second person has to confirm it. Confirm it, or answer “problem”.");

    public static readonly Error NothingToConfirm =
        new(ErrorKind.Conflict, "run.nothing-to-confirm", "Nothing waits to be confirmed here. Look again: somebody may have been faster.");

    public static readonly Error ConfirmedByTheSame =
        new(ErrorKind.Forbidden, "run.second-person", "Who did the step does not confirm it: a second person does.") { WhoCould = "another deployment practitioner" };

    public static readonly Error LinkTooLong =
        Error.Invalid("run.link-too-long", "ExpiresAt", "A link lives at most seven days and must expire in the future.");

    public static readonly Error LinkWithoutSteps =
        Error.Invalid("run.link-without-steps", "Steps", "Choose the manual steps that the link opens; each must be one of this run.");

    public static readonly Error LinkInvalid =
        new(ErrorKind.Forbidden, "run.link-invalid", "This link is unknown, has expired or was revoked. Ask whoever sent it for another.") { WhoCould = "a deployment practitioner" };

    public static readonly Error NotOfThisLink =
        new(ErrorKind.Forbidden, "run.not-of-this-link", "This link does not open that step.") { WhoCould = "a deployment practitioner" };

    public static readonly Error StepNotByHand =
        new(ErrorKind.Conflict, "run.not-by-hand", "Only a failed or unknown step of Execute can be continued by hand; a check must pass.");

    public static readonly Error AcceptanceNotByHand =
        new(ErrorKind.Conflict, "run.not-accepted", "Nobody can accept it in the stead of those who were asked. Put right what they found and let them be asked again, or roll back.");

    public static readonly Error SecondPersonNeeded =
        new(ErrorKind.Forbidden, "run.second-person", "In a live environment somebody other than the operator confirms what was done by hand.")
        {
            WhoCould = "another deployment practitioner or deployment manager",
        };

    public static Error NoReaderOfThis(IEnumerable<string> readers) =>
        new(ErrorKind.Forbidden, "run.no-reader-of-this", "You are not among those who are asked to confirm this, and nobody can confirm for others.") { WhoCould = Words.List(readers) };

    public static Error AlreadyReported(ReportStatus reported) =>
        new(ErrorKind.Conflict, "report.already-taken", $"The end was reported before, as {Words.Of(reported)}, and that stays.");

    public static Error StillUnderWay(IEnumerable<string> subjects) =>
        new(ErrorKind.Conflict, "run.still-under-way", $"{Words.List(subjects)} are still being worked on and are let finish first. Decide in a moment.");

    public static Error WaiverTooLong(int days) =>
        Error.Invalid("run.waiver-too-long", "Until", $"Say by when what was waived is put right: a day to come, at most {days} days from now.");

    public static Error NothingToPromote(int phase) =>
        new(ErrorKind.Conflict, "run.nothing-to-promote", $"Phase {phase} does not wait for this now. Look again: it may still be working, or somebody may have been faster.");

    public static Error NotFailed(string subject) =>
        Error.Invalid("run.target-not-failed", "Targets", $"{subject} has not failed here; only failed targets can be left out.");

    public static Error TooManyExcluded(int percent, int limit) =>
        new(ErrorKind.Forbidden, "run.too-many-excluded", $"This would leave out {percent} % of the targets; above {limit} % (MaxExcludedPercent) a deployment manager decides.")
        {
            WhoCould = "a deployment manager",
        };

    public static Error BaselineUnavailable(IEnumerable<string> targets) =>
        new(ErrorKind.Conflict, nameof(HaltCause.BaselineUnavailable), $"There is no earlier version to return to on {Words.List(targets)}. Choose another resolution.");

    public static Error AlreadyTouched(ResolutionChoice choice, IEnumerable<string> targets) =>
        new(ErrorKind.Conflict, "run.already-touched", $"{Words.Title(choice)} is for runs that changed nothing yet, but {Words.List(targets)} may have changed. Roll back first, or choose another resolution.");

    public static Error DemandNotWaivable(string step) => new(
        ErrorKind.Conflict, "run.resolution-not-allowed",
        $"“{step}” is demanded by a trust policy, and of that only the policy's end and genuine provenance that says something else can be waived. Put right what failed and retry, or end the run.");

    public static Error NotAllowedFor(ResolutionChoice choice, HaltCause cause) =>
        new(ErrorKind.Conflict, "run.resolution-not-allowed", $"{Words.Title(choice)} is no resolution for “{Words.Of(cause)}”.");
}
