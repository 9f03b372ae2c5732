using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models;

/// <summary>Versions whose text is kept in Git.</summary>
public sealed partial class ModelVersion
{
    /// <summary>The commit whose text it took last; null when its text never came from Git.</summary>
    public ModelOrigin? Origin { get; private set; }

    /// <summary>Nobody edited it here since it came from Git.</summary>
    public bool IsAsItCame => Origin is { } origin && origin.Text == ModelOrigin.DigestOf(Yaml);

    /// <summary>Takes the text of a commit to the letter. Only a draft changes.</summary>
    /// <param name="authors">People with an account whom the commits name, the last one at the end: they edited it as if they had done so here (SOD-5).</param>
    public Result Take(string yaml, ModelContent content, ModelOrigin origin, IReadOnlyList<Actor> authors, Actor by, DateTimeOffset at)
    {
        if (Status is not ModelVersionStatus.Draft) return ModelErrors.Frozen(Number, Status);

        if (yaml != Yaml) Say(yaml, content);
        foreach (var author in authors) Wrote(author, at);
        Wrote(by, at);
        Origin = origin;
        return Result.Success;
    }
}
