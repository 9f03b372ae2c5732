using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Sources;
using DeployHub.Domain.Models.Validation;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Notation;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Sources;

/// <summary>
/// What becomes of documents that a worker found in Git. Each is taken in a transaction of its own, and taking a text again that was taken
/// changes nothing, so a lost worker's work may be done again.
/// </summary>
public static class TakingDocuments
{
    private const int LongestNeed = 300, LongestNote = 2000;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What is known of a document: whether a text that was found is new.</summary>
    public sealed record Known(string Path, string Blob, DocumentOutcome Outcome)
    {
        public bool Wants(string blob) => Blob != blob || SourceDocument.IsPending(Outcome);
    }

    public static async Task<IReadOnlyDictionary<string, Known>> KnownDocumentsAsync(this DeployHubDb db, ModelSourceId source, string branch, CancellationToken cancellationToken) =>
        await db.SourceDocuments.Where(document => document.SourceId == source && document.Branch == branch)
            .Select(document => new Known(document.Path, document.Blob, document.Outcome)).ToDictionaryAsync(known => known.Path, cancellationToken);

    /// <summary>Takes a text. Answers the document when that is news.</summary>
    public static async Task<SourceDocument?> TakeAsync(this DeployHubDb db, ModelSource source, FoundText found, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (document, text) = await db.FindAsync(source, found, cancellationToken);
        var (yaml, reading) = await db.ReadAsync(found.Bytes, cancellationToken);
        var remarks = reading.Remarks.OrderBy(remark => remark.Severity).Select(Placed).ToList();
        var isNews = reading.Content is { } content
            ? await db.ArriveAsync(source, document, found, text, yaml, content, remarks, at, cancellationToken)
            : document.Settle(text, DocumentOutcome.Refused, Errors(reading), null, null, at, remarks);
        return isNews ? document : null;
    }

    /// <summary>Says why a text could not be taken, which another look tries again. Answers the document when that is news.</summary>
    public static async Task<SourceDocument?> RefuseAsync(this DeployHubDb db, ModelSource source, FoundText found, string sentence, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (document, text) = await db.FindAsync(source, found, cancellationToken);
        return document.Settle(text, DocumentOutcome.Refused, sentence, null, null, at) ? document : null;
    }

    /// <summary>Says of documents that they are not there any more. Answers those of which that is news.</summary>
    /// <param name="gone">Paths that are not in Git.</param>
    /// <param name="unconcerned">Paths of which another branch says the same, so that this one has nothing to say of them.</param>
    public static async Task<IReadOnlyList<SourceDocument>> MissAsync(
        this DeployHubDb db, ModelSourceId source, string branch, IReadOnlyCollection<string> gone, IReadOnlyCollection<string> unconcerned, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var documents = await db.SourceDocuments
            .Where(document => document.SourceId == source && document.Branch == branch && (gone.Contains(document.Path) || unconcerned.Contains(document.Path)))
            .OrderBy(document => document.Path).ToListAsync(cancellationToken);
        db.SourceDocuments.RemoveRange(documents.Where(document => unconcerned.Contains(document.Path)));
        return [.. documents.Where(document => gone.Contains(document.Path) && document.Vanish(at))];
    }

    /// <summary>Forgets what was known of branches that are not looked at any more; drafts that came from them stay. Answers their names.</summary>
    public static async Task<IReadOnlyList<string>> ForgetBranchesAsync(this DeployHubDb db, ModelSourceId source, IReadOnlyCollection<string> branches, CancellationToken cancellationToken)
    {
        var gone = await db.SourceDocuments.Where(document => document.SourceId == source && !branches.Contains(document.Branch))
            .Select(document => document.Branch).Distinct().ToListAsync(cancellationToken);
        await db.SourceDocuments.Where(document => document.SourceId == source && gone.Contains(document.Branch)).ExecuteDeleteAsync(cancellationToken);
        return [.. gone.Order(StringComparer.Ordinal)];
    }

    private static async Task<(SourceDocument Document, TextInGit Text)> FindAsync(this DeployHubDb db, ModelSource source, FoundText found, CancellationToken cancellationToken)
    {
        var document = await db.SourceDocuments.FindAsync([source.Id, found.Branch, found.Path], cancellationToken)
            ?? db.SourceDocuments.Add(SourceDocument.Of(source.Id, found.Branch, found.Path)).Entity;
        var people = document.PeopleWith(await db.PeopleOfAsync(found.Commits, cancellationToken));
        return (document, new TextInGit(found.Blob, found.Commits[0].Hash, found.Commits[0].Author, people));
    }

    private static async Task<bool> ArriveAsync(
        this DeployHubDb db, ModelSource source, SourceDocument document, FoundText found, TextInGit text, string yaml, ModelContent content, IReadOnlyList<SourceRemark> remarks,
        DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.TwinOfAsync(document, content.Model, cancellationToken) is { } twin)
            return document.Settle(text, DocumentOutcome.Waits, $"{twin} says what {content.Model} is, and a model has one document.", content.Model, null, at, remarks);

        var model = await db.Models.SingleOrDefaultAsync(model => model.Slug == content.Model, cancellationToken);
        var versions = await db.VersionsOfAsync(model, cancellationToken);
        var origin = new ModelOrigin(source.Key, found.Branch, found.Path, text.Commit, text.Author, ModelOrigin.DigestOf(yaml));
        var use = found.Branch == source.Settings.Branch ? source.Settings.Use : SourceUse.Drafts;
        switch (Arrival.Of(use, yaml, content, origin, versions.Find(version => version.IsOpen), versions.Find(version => version.PublishedAt is not null)))
        {
            case Arrival.Draft draft:
                model ??= db.Models.Add(Model.Plan(content.Model, content.Name, content.Purpose, source.RegisteredBy, at)).Entity;
                var drafted = model.Draft(null, draft.Basis, IntentOf(source, found.Commits[0]), yaml, content, source.ToActor(), at).Value;
                drafted.Take(yaml, content, origin, text.People, source.ToActor(), at);
                db.ModelVersions.Add(drafted);
                return Settle(DocumentOutcome.Drafted, $"v{drafted.Number} is a draft with the text of {origin.ShortCommit}.", drafted.Number);
            case Arrival.Write write:
                var isWritten = write.Version.Yaml != yaml;
                write.Version.Take(yaml, content, origin, text.People, source.ToActor(), at);
                return Settle(isWritten ? DocumentOutcome.Written : DocumentOutcome.Unchanged, write.Sentence, write.Version.Number);
            case Arrival.Publish:
                model ??= db.Models.Add(Model.Create(content, source.RegisteredBy, at)).Entity;
                var note = Words.Beginning(found.Commits[0].Subject, LongestNote);
                var published = await db.PublishImportedAsync(model, versions, content, yaml, note, origin, source.ToActor(), at, cancellationToken);
                return Settle(DocumentOutcome.Published, $"v{published.Number} is published with the text of {origin.ShortCommit}.", published.Number);
            case Arrival.Same same:
                return Settle(DocumentOutcome.Unchanged, same.Sentence, same.Number);
            case Arrival.Wait wait:
                return Settle(DocumentOutcome.Waits, wait.Sentence, wait.Number);
            case Arrival.Clash clash:
                return Settle(DocumentOutcome.Conflict, clash.Sentence, clash.Version.Number, theirs: yaml);
            default:
                throw new InvalidOperationException("A document came to what nobody has heard of.");
        }

        bool Settle(DocumentOutcome outcome, string sentence, int number, string? theirs = null) => document.Settle(text, outcome, sentence, content.Model, number, at, remarks, theirs);
    }

    private static async Task<(string Yaml, ModelReading Reading)> ReadAsync(this DeployHubDb db, byte[]? bytes, CancellationToken cancellationToken)
    {
        if (bytes is null) return ("", Unreadable($"A model document has at most {ModelDocument.LargestBytes / 1024} KiB."));
        try
        {
            var yaml = StrictUtf8.GetString(bytes); // a byte order mark stays in the text
            return (yaml, await db.ReadModelAsync(yaml, null, DocumentFormat.Yaml, cancellationToken));
        }
        catch (DecoderFallbackException)
        {
            return ("", Unreadable("The document is not UTF-8 text."));
        }
    }

    private static ModelReading Unreadable(string sentence) => new(null, [new PlacedRemark("model.document", "", 1, 1, Severity.Error, sentence)]);

    private static SourceRemark Placed(PlacedRemark remark) => new(remark.Rule, remark.Path, remark.Line, remark.Column, remark.Severity, remark.Sentence);

    private static string Errors(ModelReading reading)
    {
        var errors = reading.Errors.ToList();
        return $"{Words.Count(errors.Count, "error")}: {errors[0].Full}";
    }

    /// <summary>Why a draft is made, as far as the commit says so; people say more on its page.</summary>
    private static ModelIntent IntentOf(ModelSource source, FoundCommit commit) =>
        new($"{Words.Beginning(commit.Subject, LongestNeed)} (commit {ModelOrigin.Shortened(commit.Hash)}, {source.Settings.Name})");

    /// <summary>The path of another document of the branch that says what the same model is; null when there is none.</summary>
    private static Task<string?> TwinOfAsync(this DeployHubDb db, SourceDocument document, string slug, CancellationToken cancellationToken) =>
        db.SourceDocuments
            .Where(other => other.SourceId == document.SourceId && other.Branch == document.Branch && other.Path != document.Path && other.Model == slug)
            .Where(other => other.Outcome != DocumentOutcome.Gone && other.Outcome != DocumentOutcome.Refused && other.Number != null)
            .OrderBy(other => other.Path).Select(other => (string?)other.Path).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Whoever has an account with the address of an author or of a committer; those of the last commit at the end, its committer last.</summary>
    private static async Task<IReadOnlyList<Actor>> PeopleOfAsync(this DeployHubDb db, IReadOnlyList<FoundCommit> commits, CancellationToken cancellationToken)
    {
        var addresses = commits.SelectMany(commit => new[] { commit.Email, commit.Committer }).Where(address => address.Length > 0).Select(address => address.ToUpperInvariant()).Distinct().ToList();
        var people = await db.Users.AsNoTracking().Where(person => addresses.Contains(person.NormalizedEmail!)).ToListAsync(cancellationToken);
        return [.. commits.Reverse().SelectMany(commit => new[] { Of(commit.Email), Of(commit.Committer) }).OfType<Person>().Select(person => new Actor(person.Id.ToString(), person.DisplayName))];

        Person? Of(string address) => people.Find(person => string.Equals(person.NormalizedEmail, address, StringComparison.OrdinalIgnoreCase));
    }
}
