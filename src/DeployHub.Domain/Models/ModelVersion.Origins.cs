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
    /// <param name="authors">People with an account whom the commits name, the last one at the end: they edited it as if they had done so here (SOD-5). Of a text that the draft has already, whoever wrote it here stays the last editor.</param>
    public Result Take(string yaml, ModelContent content, ModelOrigin origin, IReadOnlyList<Actor> authors, Actor by, DateTimeOffset at)
    {
        if (Status is not ModelVersionStatus.Draft) return ModelErrors.Frozen(Number, Status);

        Origin = origin;
        if (yaml == Yaml)
        {
            Editors = [.. authors.Where(author => !Editors.Any(author.Is)).Reverse().DistinctBy(author => author.Id).Reverse(), .. Editors];
            return Result.Success;
        }

        Say(yaml, content);
        foreach (var author in authors) Wrote(author, at);
        Wrote(by, at);
        return Result.Success;
    }
}
