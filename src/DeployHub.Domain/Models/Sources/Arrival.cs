using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models.Sources;

/// <summary>What a document from Git that has no errors comes to, given what there is of its model: a closed family.</summary>
public abstract record Arrival
{
    private Arrival() { }

    /// <summary>The next version begins with its text.</summary>
    /// <param name="Basis">Number of the version that was published last; null when none was.</param>
    public sealed record Draft(int? Basis) : Arrival;

    /// <summary>The open draft takes its text.</summary>
    public sealed record Write(ModelVersion Version, string Sentence) : Arrival;

    public sealed record Publish : Arrival;

    /// <summary>Nothing changes.</summary>
    public sealed record Same(int Number, string Sentence) : Arrival;

    /// <summary>Nothing changes yet.</summary>
    public sealed record Wait(int Number, string Sentence) : Arrival;

    /// <summary>A person chooses between two texts.</summary>
    public sealed record Clash(ModelVersion Version, string Sentence) : Arrival;

    /// <param name="open">The model's version that is neither published nor discarded.</param>
    /// <param name="newest">The one that was published last.</param>
    public static Arrival Of(SourceUse use, string yaml, ModelContent content, ModelOrigin origin, ModelVersion? open, ModelVersion? newest)
    {
        if (open is null || use is SourceUse.Publishes)
        {
            if (newest?.Says(content) is true) return new Same(newest.Number, SameAs(newest, yaml));
            if (use is SourceUse.Drafts) return new Draft(newest?.Number);
            return open?.Says(content) is true ? new Wait(open.Number, ModelErrors.DraftSaysSo(open.Number).Message) : new Publish();
        }

        if (open.Status is not ModelVersionStatus.Draft)
            return open.Says(content) ? new Same(open.Number, SameAs(open, yaml))
                : new Wait(open.Number, $"{ModelErrors.Frozen(open.Number, open.Status).Message} Git's text is taken once nothing stands in its way.");
        if (open.Yaml == yaml) return new Write(open, $"v{open.Number} has this text already.");
        if (open.IsAsItCame && open.Origin is { } from && from.Source == origin.Source && from.Branch == origin.Branch)
            return new Write(open, open.Says(content) ? $"v{open.Number} says the same; its text is the one in Git now." : $"v{open.Number} has the text of {origin.ShortCommit} now.");
        return new Clash(open, Why(open, origin));
    }

    private static string SameAs(ModelVersion version, string yaml) =>
        ModelOrigin.DigestOf(version.Yaml) == ModelOrigin.DigestOf(yaml) ? $"v{version.Number} has this text already." : $"v{version.Number} says the same; only the writing differs.";

    private static string Why(ModelVersion open, ModelOrigin origin)
    {
        var editor = open.Editors.LastOrDefault(editor => editor.Kind is ActorKind.Person)?.Name ?? open.CreatedBy.Name;
        return open.Origin switch
        {
            null => $"v{open.Number} was written here by {editor}.",
            var from when from.Source != origin.Source => $"v{open.Number} came from another source, {from.Source}.",
            var from when from.Branch != origin.Branch => $"v{open.Number} came from the branch {from.Branch}.",
            var from => $"v{open.Number} was edited here by {editor} since it came from {from.ShortCommit}.",
        };
    }
}
