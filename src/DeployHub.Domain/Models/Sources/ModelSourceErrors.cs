namespace DeployHub.Domain.Models.Sources;

/// <summary>Every way a model source says no.</summary>
public static class ModelSourceErrors
{
    public static readonly Error KeyTaken =
        Error.Invalid("model-source.key-taken", "Key", "Another model source has this key. Keys are unique and never change; choose another.") with { Kind = ErrorKind.Conflict };

    public static readonly Error Paused = new(ErrorKind.Conflict, "model-source.paused", "This source is paused, so nobody looks. Resume it first.");

    public static readonly Error PushNotProven = Error.Invalid(
        "model-source.push-not-proven", "Proof", "A push proves itself by X-Hub-Signature-256, X-Gitea-Signature, X-Gitlab-Token or Authorization: Bearer; what came is none of these, or is not whole.");

    public static Error NotFound(string key) => Error.NotFound("model-source", key);

    public static Error DocumentNotFound(string path) => Error.NotFound("document", path);

    public static Error Rewritten(RewrittenHistory rewritten) => new(
        ErrorKind.Conflict, "model-source.history-rewritten",
        $"The history of {rewritten.Branch} was rewritten: {ModelOrigin.Shortened(rewritten.Was)} is no ancestor of {ModelOrigin.Shortened(rewritten.Now)}. A deployment manager looks why, and says whether to go on from there.")
    {
        WhoCould = "a deployment manager",
    };

    public static Error NotRewritten(string commit) =>
        new(ErrorKind.Conflict, "model-source.not-held", $"This source does not wait for a decision about {ModelOrigin.Shortened(commit)}. Look again, then decide.");

    public static Error NoConflict(string path) => new(ErrorKind.Conflict, "model-source.no-conflict", $"Nothing is to be decided about {path} any more. Look again.");
}
