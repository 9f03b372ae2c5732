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
