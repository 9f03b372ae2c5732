using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Comments;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace DeployHub.Features.Notifications;

/// <summary>
/// What people and other systems are to be told is stored with what it tells of, in one transaction (domain CR-5): neither is ever there alone. It is read
/// from what is about to be saved, so that no command can forget it.
/// </summary>
internal static class Outbox
{
    private const string Asks = "RequestAlignment";

    public static void TellOfDeployment(this DeployHubDb db, Deployment deployment, IReadOnlyList<DeploymentEvent> happened)
    {
        var asked = new Queue<int>(deployment.Alignments.Select(request => request.Number).TakeLast(happened.Count(e => e.Kind == Asks))); // each opened the next one
        foreach (var e in happened)
        {
            int? alignment = e.Kind == Asks ? asked.Dequeue() : null;
            db.Happenings.AddRange(ToldEvents.Of(e).Select(type => Happening.Of(e, type, deployment, alignment)));
        }

        if (happened.Count > 0 && db.Entry(deployment) is { State: EntityState.Modified } entry)
            db.TellOfLeaving(deployment, (IReadOnlyList<Assignment>)entry.Property(nameof(Deployment.People)).OriginalValue!, happened[^1]);
    }

    /// <summary>Whoever is taken off a plan hears it, by whatever move that was: one person once, with every slot that they had.</summary>
    private static void TellOfLeaving(this DeployHubDb db, Deployment deployment, IReadOnlyList<Assignment> before, DeploymentEvent last)
    {
        var left = before.Where(assigned => !deployment.People.Any(now => now.Slot == assigned.Slot && now.Person.Is(assigned.Person)));
        db.Happenings.AddRange(left.GroupBy(assigned => assigned.Person.Id).Select(person => Happening.Of(
            EventTypes.Unassigned, deployment.Number, $"{person.First().Person.Name} is not named for {Words.List(person.Select(assigned => assigned.Slot))} of {deployment.Number} any more.",
            $"/deployments/{deployment.Number}", last.By, last.At, [person.Key], new Dictionary<string, object?> { ["slots"] = person.Select(assigned => assigned.Slot).ToArray() }, deployment: deployment.Id)));
    }

    public static void TellOfRuns(this DeployHubDb db, IReadOnlyList<Run> runs, IReadOnlyList<RunEvent> happened)
    {
        if (happened.Count == 0) return;

        var byId = runs.ToDictionary(run => run.Id);
        foreach (var e in happened)
            if (ToldEvents.Of(e, byId[e.RunId].StartedAt) is { } type)
                db.Happenings.Add(Of(e, type, byId[e.RunId], type == EventTypes.TakenOver ? db.OperatorBefore(byId[e.RunId]) : null));
    }

    /// <summary>Whose place the operator took.</summary>
    private static Actor OperatorBefore(this DeployHubDb db, Run run) => (Actor)db.Entry(run).Property(nameof(Run.Operator)).OriginalValue!;

    /// <summary>What became of models' versions, of improvements and of reviews, and what people wrote.</summary>
    /// <param name="tracked">Everything that is about to be saved.</param>
    public static void TellOfModels(this DeployHubDb db, IReadOnlyList<EntityEntry> tracked)
    {
        foreach (var entry in tracked.Where(entry => entry.State is EntityState.Added or EntityState.Modified))
        {
            var told = entry.Entity switch
            {
                ModelVersion version when IsAgreedNow(entry, version) => OfApproval(version),
                ModelVersion version => Of(version, Was<ModelVersionStatus>(entry)),
                Improvement improvement when Was<ImprovementStatus>(entry) != improvement.Status => Of(improvement),
                Review review when entry.State is EntityState.Added => Of(review),
                Comment comment when entry.State is EntityState.Added => Of(comment),
                _ => null,
            };
            if (told is not null) db.Happenings.Add(told);
        }
    }

    /// <summary>Null for what is new.</summary>
    private static TStatus? Was<TStatus>(EntityEntry entry) where TStatus : struct, Enum => entry.State is EntityState.Added ? null : (TStatus)entry.Property("Status").OriginalValue!;

    private static Happening Of(RunEvent happened, string type, Run run, Actor? before) => Happening.Of(
        type, run.Name, happened.Text.Length > 0 ? happened.Text : $"{run.Name} {Words.Of(run.Status)}.", $"/deployments/{run.Name[..run.Name.LastIndexOfAny(['-', '/'])]}/runs/{run.Number}",
        happened.By, happened.At, new[] { run.Operator.Id, before?.Id }.OfType<string>(),
        new Dictionary<string, object?> { ["run"] = run.Name, ["sequence"] = happened.Number, ["status"] = happened.Became }.And("waitingFor", type == EventTypes.RunWaiting ? run.WaitingFor?.ToString() : null),
        deployment: run.DeploymentId);

    private static Dictionary<string, object?> And(this Dictionary<string, object?> data, string name, string? value)
    {
        if (value is not null) data[name] = value;
        return data;
    }

    private static Happening? Of(ModelVersion version, ModelVersionStatus? was)
    {
        if (was == version.Status || version.Said is not { } content || ToldEvents.Of(was, version.Status) is not { } type) return null;

        return Of(version, content, type, SentenceOf(version, was, version.History[^1].Reason), []);
    }

    /// <summary>Told to whoever wrote it or said that it is tested: they wait for it.</summary>
    private static Happening OfApproval(ModelVersion version)
    {
        var waiting = version.Editors.Concat(version.History.Where(move => move.Move is ModelVersionTrigger.PassTesting).Select(move => move.By)).Select(actor => actor.Id);
        return Of(version, version.Content, EventTypes.ModelApproved, $"{version.Approval!.By.Name} approved v{version.Number} of {version.Content.Name}: it may be published.", waiting);
    }

    private static bool IsAgreedNow(EntityEntry entry, ModelVersion version) =>
        entry.State is EntityState.Modified && version.Approval is not null && entry.Property(nameof(ModelVersion.Approval)).OriginalValue is null;

    private static Happening Of(ModelVersion version, ModelContent content, string type, string sentence, IEnumerable<string> people)
    {
        var moved = version.History[^1];
        return Happening.Of(
            type, $"{content.Model} v{version.Number}", sentence, $"/models/{content.Model}/versions/{version.Number}", moved.By, moved.At, people,
            new Dictionary<string, object?>
            {
                ["model"] = content.Model,
                ["version"] = version.Number,
                ["digest"] = version.Digest.ToString(),
                ["changeReference"] = version.Publication?.ChangeReference,
            },
            model: version.ModelId, version: version.Id);
    }

    private static string SentenceOf(ModelVersion version, ModelVersionStatus? was, string reason) => version.AwaitsApproval
        ? $"v{version.Number} of {version.Content.Name} is tested and waits for a second person to approve it (SOD-5)."
        : $"v{version.Number} of {version.Content.Name} {(was is ModelVersionStatus.Suspended && version.IsCurrent ? "may be used again" : $"is {Words.Of(version.Status)}")}{Because(reason)}";

    private static string Because(string reason) => reason.Length > 0 ? $": {reason}" : ".";

    private static Happening? Of(Improvement improvement)
    {
        if (ToldEvents.Of(improvement.Status) is not { } type) return null;

        var moved = improvement.History is [.., var last] ? last : null;
        var (by, at) = moved is null ? (improvement.ProposedBy, improvement.ProposedAt) : (moved.By, moved.At);
        return Happening.Of(
            type, improvement.Number, $"“{improvement.Title}” is {Words.Of(improvement.Status)}{Because(moved?.Text ?? "")}", $"/improvements/{improvement.Number}", by, at,
            new[] { improvement.ProposedBy.Id, improvement.Owner?.Id }.OfType<string>(),
            new Dictionary<string, object?> { ["improvement"] = improvement.Number, ["status"] = improvement.Status.ToString() },
            model: improvement.ModelId);
    }

    private static Happening Of(Comment comment) => Happening.Of(
        comment.Mentions.Count > 0 ? EventTypes.CommentMentioned : EventTypes.CommentWritten, comment.Key, $"{comment.Author.Name} wrote about {comment.Key}: “{Words.Beginning(comment.Text, 300)}”", comment.Path,
        comment.Author, comment.At, comment.Mentions.Select(person => person.Id), new Dictionary<string, object?> { ["comment"] = comment.Id.Value.ToString() }, deployment: comment.DeploymentId);

    private static Happening Of(Review review) => Happening.Of(
        EventTypes.ReviewDue, review.Number, string.Create(CultureInfo.InvariantCulture, $"A review is due by {review.DueOn:d MMMM yyyy}: {review.Occasion}"), $"/reviews/{review.Number}",
        review.ScheduledBy, review.ScheduledAt, review.Participants.Select(participant => participant.Id), new Dictionary<string, object?> { ["review"] = review.Number }, model: review.ModelId);
}
