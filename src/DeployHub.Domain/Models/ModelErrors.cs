namespace DeployHub.Domain.Models;

/// <summary>Every way a model says no.</summary>
public static class ModelErrors
{
    public static readonly Error SlugTaken =
        new(ErrorKind.Conflict, "model.slug-taken", "Somebody else imported a model with this slug a moment ago. Look at it, then import again.");

    public static readonly Error ResumerMustNotBeSuspender =
        new(ErrorKind.Forbidden, "SOD-5", "Whoever suspended a model version may not resume it (SOD-5): a second person looks. Ask another deployment manager.")
        {
            WhoCould = "another deployment manager",
        };

    public static readonly Error EditorMayNotApprove =
        new(ErrorKind.Forbidden, "SOD-5", "Whoever edited a model version last may not approve it, nor may a machine (SOD-5): a second person reads it. Ask another deployment manager or an approver.")
        {
            WhoCould = "another deployment manager or an approver",
        };

    public static readonly Error TabletopNeedsManager =
        new(ErrorKind.Forbidden, "model.tabletop-needs-manager", "A case was only walked through at the table, which is weaker evidence: a second deployment manager has to approve.")
        {
            WhoCould = "another deployment manager",
        };

    public static readonly Error TooWide = Error.Invalid(
        "model.too-wide", "WideReason", "The model applies to every kind, every tier and every service. Narrow appliesTo, or say why it may be used for everything.");

    public static readonly Error NotApproved =
        new(ErrorKind.Conflict, "model.not-approved", "A second person has to approve the version before it is published (SOD-5).") { WhoCould = "another deployment manager or an approver" };

    public static readonly Error InstructionsByAuthor =
        new(ErrorKind.Forbidden, "rehearsal.by-author", "Whoever wrote the model may not say that its instructions suffice: somebody else has to follow them.") { WhoCould = "somebody who did not edit the version" };

    public static Error InRehearsal(int number, IReadOnlyList<string> underWay) =>
        new(ErrorKind.Conflict, "model.in-rehearsal", $"{Words.List(underWay)} runs with v{number} just now: let that end first.");

    public static Error Outdated(int number, int newest) =>
        new(ErrorKind.Conflict, "model.outdated", $"v{newest} was published since v{number} was drafted, and versions never go backwards. Discard v{number}, and draft the next one from v{newest}.");

    public static Error Retired(string model, int number, int? current) =>
        new(ErrorKind.Conflict, "ModelVersionRetired", $"{model} v{number} is retired.{(current is { } usable ? $" v{usable} is published: plan with that." : " No version is published.")}");

    public static Error DraftSaysSo(int number) =>
        new(ErrorKind.Conflict, "model.draft-says-so", $"v{number} says the same and is open: rehearse, approve and publish that, or discard it first.");

    public static readonly Error TableNeedsTwo = Error.Invalid("rehearsal.table-needs-two", "With", "A walk-through at the table takes two people: name the other one.");

    public static Error SlugInUse(string slug) => Error.Invalid("model.slug-in-use", "Slug", $"There is a model “{slug}” already. Choose another slug, or draft the next version of that one.");

    public static Error NoStarter(string slug) => Error.Invalid("model.no-starter", "Starter", $"There is no published model “{slug}” to begin with.");

    public static Error NoShippedStarter(string starter) => Error.Invalid("model.no-shipped-starter", "Starter", $"No starter “{starter}” ships with DeployHub: Models → Starter models shows those that do.");

    public static Error NotExtensible(string slug) => Error.Invalid("model.not-extensible", "Extends", $"There is no published model “{slug}” to extend.");

    public static Error NoSuchOwner(string email) => Error.Invalid("model.owner-unknown", "Owner", $"Nobody with the address “{email}” has an account.");

    public static Error DraftOpen(int number) =>
        new(ErrorKind.Conflict, "model.draft-open", $"v{number} is still open, and a model has one open version at a time: publish or discard it first.");

    public static Error Frozen(int number, ModelVersionStatus status) =>
        new(ErrorKind.Conflict, "model.frozen", $"v{number} is {Words.Of(status)}: only a draft changes. {(status is ModelVersionStatus.InTest or ModelVersionStatus.Tested ? "Reopen it first; its rehearsals are void then." : "Draft the next version.")}");

    public static Error HasErrors(int number) =>
        new(ErrorKind.Conflict, "model.has-errors", $"v{number} has errors: each place in the document says why.");

    public static Error RehearsedAnotherText(int number) =>
        new(ErrorKind.Conflict, "rehearsal.other-text", $"Another text of v{number} was rehearsed than the one that is tested now: rehearse this one.");

    public static Error NotRehearsed(IEnumerable<string> missing) => new(ErrorKind.Conflict, "model.not-rehearsed", string.Join(' ', missing));

    public static Error DigestChanged(int number) =>
        new(ErrorKind.Conflict, "model.digest-changed", $"v{number} was changed since you read it. Read it again, then decide.");

    public static Error PlansUndecided(IReadOnlyList<string> plans) =>
        Error.Invalid("model.plans-undecided", "Migrations", $"Say what becomes of {Words.List(plans)}, planned with an earlier version: keep, recommend an upgrade, or require it.");

    public static Error NoOpenPlan(string plan) =>
        Error.Invalid("model.no-open-plan", "Migrations", $"{plan} is not an open plan with an earlier version of this model. Look again, then publish.");

    public static Error NothingToUpdate(int number, string name) =>
        new(ErrorKind.Conflict, "model.nothing-to-update", $"v{number} names no earlier version of {name.Split('@')[0]} than {name}: there is nothing to take over.");

    public static Error UpdateByHand(string name) =>
        new(ErrorKind.Conflict, "model.update-by-hand", $"The text is written in a way in which {name} cannot be put into its place. Write it into a draft by hand.");

    public static Error InUse(int number, IReadOnlyList<string> plans) =>
        new(ErrorKind.Conflict, "model.in-use", $"v{number} is planned in {Words.List(plans)}: end or edit that first.");

    public static Error ReviewOutside(DateOnly latest) =>
        Error.Invalid("model.review-too-late", "ReviewBy", $"Say a day from today until {latest:yyyy-MM-dd}: a model is reviewed at least once in twelve months.");

    public static Error NotFound(string slug) => Error.NotFound("model", slug);

    public static Error VersionNotFound(string slug, int number) => Error.NotFound("model-version", $"{slug} v{number}");

    public static Error SlugDiffers(string address, string document) => Error.Invalid(
        "model.slug-differs", "model", $"The address says “{address}”, the document says “{document}”. A slug never changes: make them equal.");

    /// <summary>Everything that stops the content from being published, by its place in the document.</summary>
    public static Error Remarked(IEnumerable<(string Path, string Sentence)> errors) =>
        new(ErrorKind.Invalid, "model.invalid", "The model cannot be published as it is; each place says why.")
        {
            Fields = errors.GroupBy(error => error.Path, error => error.Sentence).ToDictionary(place => place.Key, place => place.Distinct().ToArray()),
        };
}
