namespace DeployHub.Domain.Models.Improving;

/// <summary>Every way an improvement says no.</summary>
public static class ImprovementErrors
{
    public static readonly Error TitleMissing = Error.Invalid("improvement.title-missing", "Title", "Say in a few words what should change.");

    public static readonly Error EvidenceMissing = Error.Invalid(
        "improvement.evidence-missing", "Evidence",
        "Name at least one thing that it rests on: a signal such as S1 and what it was seen at, a deployment, a review, a finding, or an https address.");

    public static readonly Error ReasonMissing = Error.Invalid("improvement.reason-missing", "Reason", "Say why: whoever proposed it reads the reason.");

    public static readonly Error MergedIntoItself = Error.Invalid("improvement.merged-into-itself", "Into", "An improvement goes on as another one: name that.");

    public static readonly Error DuePast = Error.Invalid("improvement.due-past", "Due", "Say a day from today on.");

    public static readonly Error OtherModel = new(
        ErrorKind.Conflict, "improvement.other-model", "That version belongs to another model than the improvement is about. Link a draft of its own, or the address of a task.");

    public static readonly Error NoAfterValue = new(
        ErrorKind.Conflict, "improvement.no-after-value",
        "No live deployment was completed since it was delivered, so there is nothing to compare yet. Evaluate it after the first ones; ten make the comparison useful.");

    public static readonly Error OtherDefinition =
        new(ErrorKind.Conflict, "improvement.other-definition", "Before and after are compared by one definition: the after-value has to be of the metric of the baseline.");

    public static readonly Error NotAskedForByHalt = new(
        ErrorKind.Conflict, "improvement.not-asked-for", "Nobody said of this halt that the model should change. Propose it with the deployment as evidence instead.");

    public static Error ProposedFromHalt(string number) => new(ErrorKind.Conflict, "improvement.proposed-already", $"{number} rests on this halt already: say there what is to be added.");

    public static Error NoFigure(ImprovementMetric metric, int deployments) => new(
        ErrorKind.Conflict, "improvement.no-figure",
        $"{Words.Count(deployments, "live deployment")} completed since it was delivered, but none with a {Words.Of(metric)}. Evaluate it after the first that has one.");

    public static Error EvidenceUnreadable(string text) => Error.Invalid(
        "improvement.evidence-unreadable", "Evidence",
        $"“{text}” is no evidence: write a signal such as S1 and where it was seen, the number of a deployment, review or finding such as DEP-2026-000123, an https address.");

    public static Error NoSuchDeployment(string number) =>
        Error.Invalid("improvement.evidence-unknown", "Evidence", $"There is no deployment {number}. Look the number up, or name something else that it rests on.");

    public static Error NoSuchModel(string slug) => Error.Invalid("improvement.model-unknown", "Model", $"There is no model “{slug}”.");

    public static Error CannotMove(string number, ImprovementStatus status, ImprovementTrigger on)
    {
        var moves = ImprovementMoves.Table.Where(move => move.From == status).Select(move => Words.Of(move.On)).ToList();
        var next = moves.Count == 0 ? "Nothing follows any more: propose another one." : $"What can be done with it: {Words.List(moves)}.";
        return new Error(ErrorKind.Conflict, "improvement.cannot-move", $"{number} is {Words.Of(status)}, so nobody can {Words.Of(on)} it now. {next}");
    }

    public static Error NoSuchTarget(string number) => Error.Invalid("improvement.into-unknown", "Into", $"There is no improvement {number}.");

    public static Error IntoClosed(string number, ImprovementStatus status) => Error.Invalid(
        "improvement.into-closed", "Into", $"{number} is {Words.Of(status)}: nothing goes on there. Name one that is open, or decline this one with a reason.");

    public static Error NoSuchOwner(string email) => Error.Invalid("improvement.owner-unknown", "Owner", $"Nobody with the address “{email}” has an account.");

    public static Error NoBaseline(ImprovementMetric metric) => Error.Invalid(
        "improvement.no-baseline", "Metric",
        $"No live deployment of the last 90 days has a {Words.Of(metric)}, so nothing could be compared with it. Choose another metric, or accept it after the first deployments.");

    public static Error TargetMalformed(ImprovementMetric metric) => Error.Invalid(
        "improvement.target-malformed", "Target", metric.IsRate() ? "Write a percentage from 0 to 100, such as 93 %." : "Write a time, such as 30m or 5h.");

    public static Error TargetNotBetter(Measurement baseline, double target) => Error.Invalid(
        "improvement.target-not-better", "Target",
        $"The {Words.Of(baseline.Metric)} is {baseline.Figure} already; {baseline.Metric.Says(target)} is no better. "
        + $"Say {(baseline.Metric.IsToRise() ? "more" : "less")}, or choose another metric.");

    public static Error VersionNotOpen(int number, ModelVersionStatus status) => new(
        ErrorKind.Conflict, "improvement.version-not-open",
        $"v{number} is {Words.Of(status)}: what is improved is written in a version that is still open. Start it without one, and the next version is drafted.");

    public static Error VersionFrozen(int number, ModelVersionStatus status) => new(
        ErrorKind.Conflict, "improvement.version-frozen",
        $"v{number} is {Words.Of(status)}, so its text stays as it is: reopen it, or start the improvement after it is published.");

    public static Error VersionUnpublished(int number, ModelVersionStatus status)
    {
        var next = status is ModelVersionStatus.Discarded ? "Start the improvement again, which links another version." : "Publishing it delivers the improvement.";
        return new Error(ErrorKind.Conflict, "improvement.version-unpublished", $"v{number} is {Words.Of(status)}. {next}");
    }

    public static Error VerdictUnexplained(Effect effect) => Error.Invalid(
        "improvement.verdict-unexplained", "Reason",
        $"{effect.Told} That suggests “{Words.Of(effect.Suggested)}”. Say why you decide otherwise; the reason stands beside your verdict.");
}
