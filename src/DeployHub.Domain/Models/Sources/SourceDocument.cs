using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Domain.Models.Sources;

/// <summary>What became of a document that was found in Git.</summary>
public enum DocumentOutcome
{
    /// <summary>It became a new draft.</summary>
    Drafted,

    /// <summary>The open draft took its text.</summary>
    Written,

    /// <summary>It was published as a new version.</summary>
    Published,

    /// <summary>A version says the same.</summary>
    Unchanged,

    /// <summary>It has errors, each with its place; nothing was changed.</summary>
    Refused,

    /// <summary>Something of the model stands in the way and may go away, such as an open version that is in test.</summary>
    Waits,

    /// <summary>The draft was edited elsewhere: a person chooses a text.</summary>
    Conflict,

    /// <summary>A person chose the draft's text over this one.</summary>
    KeptOurs,

    /// <summary>It is not in Git any more. Nothing was retired.</summary>
    Gone,
}

/// <summary>What a check says of a document, with its place in the text, lines and columns from 1.</summary>
public sealed record SourceRemark(string Rule, string Path, int Line, int Column, Severity Severity, string Sentence);

/// <summary>One document of a model source, on one branch: which text of it was looked at last and what became of that.</summary>
public sealed class SourceDocument
{
    /// <summary>More are not kept: who sees twenty knows what to do.</summary>
    public const int MostRemarks = 20;

    private SourceDocument() { }

    public ModelSourceId SourceId { get; private init; }

    public string Branch { get; private init; } = "";

    /// <summary>From the repository's root, with forward slashes.</summary>
    public string Path { get; private init; } = "";

    /// <summary>Git's own hash of the text that was looked at.</summary>
    public string Blob { get; private set; } = "";

    /// <summary>The commit that wrote it.</summary>
    public string Commit { get; private set; } = "";

    public string Author { get; private set; } = "";

    /// <summary>People with an account whom the commits name, the last one at the end.</summary>
    public IReadOnlyList<Actor> People { get; private set; } = [];

    /// <summary>Slug of the model that it is about; null before one could be read.</summary>
    public string? Model { get; private set; }

    /// <summary>Number of the version that it is about; null when there is none.</summary>
    public int? Number { get; private set; }

    public DocumentOutcome Outcome { get; private set; }

    public string Sentence { get; private set; } = "";

    public IReadOnlyList<SourceRemark> Remarks { get; private set; } = [];

    /// <summary>Git's text, kept while a person has to choose; null otherwise.</summary>
    public string? Theirs { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static SourceDocument Of(ModelSourceId source, string branch, string path) => new() { SourceId = source, Branch = branch, Path = path };

    /// <summary>Whether the same text may come to something else later: what stood in its way may be gone, and a block that it names may be there.</summary>
    public static bool IsPending(DocumentOutcome outcome) => outcome is DocumentOutcome.Refused or DocumentOutcome.Waits or DocumentOutcome.Conflict or DocumentOutcome.Gone;

    /// <summary>Whom a text is by that was found now: what was never taken is part of it, so whoever wrote that counts as well (SOD-5).</summary>
    public IReadOnlyList<Actor> PeopleWith(IReadOnlyList<Actor> found) =>
        IsPending(Outcome) || Outcome is DocumentOutcome.KeptOurs ? [.. People.Where(person => !found.Any(person.Is)), .. found] : found;

    /// <param name="theirs">For a conflict alone.</param>
    /// <returns>False when it came to the same as before.</returns>
    public bool Settle(TextInGit text, DocumentOutcome outcome, string sentence, string? model, int? number, DateTimeOffset at, IEnumerable<SourceRemark>? remarks = null, string? theirs = null)
    {
        if (!People.SequenceEqual(text.People)) People = text.People;
        if ((Blob, Outcome, Sentence, Number) == (text.Blob, outcome, sentence, number)) return false;

        (Blob, Commit, Author) = (text.Blob, text.Commit, text.Author);
        (Outcome, Sentence, Model, Number, Theirs, At) = (outcome, sentence, model ?? Model, number, theirs, at);
        Remarks = [.. (remarks ?? []).Take(MostRemarks)];
        return true;
    }

    /// <summary>Somebody took it out of Git. Whether the model is still needed is for people to say.</summary>
    /// <returns>False when that was known.</returns>
    public bool Vanish(DateTimeOffset at)
    {
        if (Outcome is DocumentOutcome.Gone) return false;

        (Outcome, Theirs, Remarks, At) = (DocumentOutcome.Gone, null, [], at);
        Sentence = Model is { } model ? $"It is not in Git any more. Nothing was retired: {model} is used as before." : "It is not in Git any more.";
        return true;
    }

    /// <summary>A person chose.</summary>
    public void Decide(DocumentOutcome outcome, string sentence, int number, DateTimeOffset at) => (Outcome, Sentence, Number, Theirs, At) = (outcome, sentence, number, null, at);
}

/// <summary>Which text of a document is meant.</summary>
/// <param name="Blob">Git's own hash of it.</param>
/// <param name="Commit">That wrote it.</param>
/// <param name="People">With an account, whom the commits name.</param>
public sealed record TextInGit(string Blob, string Commit, string Author, IReadOnlyList<Actor> People);
