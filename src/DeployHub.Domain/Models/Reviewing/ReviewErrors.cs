namespace DeployHub.Domain.Models.Reviewing;

/// <summary>Every way a review says no.</summary>
public static class ReviewErrors
{
    public static readonly Error NobodyTookPart = Error.Invalid("review.nobody-took-part", "Participants", "Name at least one person who took part.");

    public static readonly Error CauseClassMissing = Error.Invalid(
        "review.cause-missing", "CauseClass", "A review of a deployment says where the cause lay: component, environment, model, planning, human, supplier or external.");

    public static readonly Error DeploymentReviewed =
        new(ErrorKind.Conflict, "review.deployment-reviewed", "This deployment has its review already. Look at the list of reviews, those that are closed among them.");

    public static readonly Error AnalysisOpen =
        new(ErrorKind.Conflict, "review.analysis-open", "An analysis of this model's records is scheduled or held already. Close that first; the next one begins where it ended.");

    public static readonly Error OneSubject = Error.Invalid("review.one-subject", "Model", "A review is of one model or of one deployment: name the one that it is of.");

    public static readonly Error DeploymentNotOver =
        Error.Invalid("review.deployment-not-over", "Deployment", "A deployment is reviewed once it is completed: its record is whole only then.");

    public static readonly Error DueInThePast = Error.Invalid("review.due-in-the-past", "DueOn", "Say today or a later day, at most a year from now.");

    public static readonly Error NotHeld = new(ErrorKind.Conflict, "review.not-held", "A verdict is given once the review is held, and until it is closed. Hold it first.");

    /// <summary>It is held once and closed once, in this order.</summary>
    public static Error CannotMove(ReviewStatus status) => new(ErrorKind.Conflict, "review.cannot-move", status switch
    {
        ReviewStatus.Scheduled => "This review was not held yet. A deployment manager holds it first, and closes it then.",
        ReviewStatus.Held => "This review is held already. Give its signals their verdicts, and close it.",
        _ => "This review is closed: what it says stays as it is. Ask for another one where there is more to say.",
    });

    public static Error NotFound(string number) => Error.NotFound("review", number);

    public static Error NoSuchFinding(int finding, int findings) => Error.Invalid(
        "review.no-such-finding", "Finding",
        findings == 0 ? "No signal was triggered when this review was held." : $"There is no finding {finding}: this review has {findings}, numbered from 1.");

    public static Error NoSuchPerson(string email) => Error.Invalid("review.person-unknown", "Participants", $"Nobody with the address “{email}” has an account.");

    public static Error NoSuchSubject(string noun, string field, string key) => Error.Invalid($"review.{noun}-unknown", field, $"There is no {noun} “{key}”.");

    public static Error VerdictsMissing(IReadOnlyList<string> signals) => new(
        ErrorKind.Conflict, "review.verdicts-missing",
        $"Each signal needs a verdict before the review is closed: {Words.List(signals)} {(signals.Count == 1 ? "has" : "have")} none.");
}
