using System.Text.Json.Serialization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>Where a reader is with a step (domain §2.3.3).</summary>
public enum AcknowledgementStatus
{
    Due,
    Acknowledged,

    /// <summary>Not confirmed by the deadline.</summary>
    Overdue,

    Exempt,
}

/// <summary>Somebody who is asked to confirm or to accept a version.</summary>
public sealed record Reader(Actor Person)
{
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The last try at the questions of the step; null before the first, and where it asks none.</summary>
    public QuizResult? Quiz { get; init; }

    /// <summary>Why and until when nobody waits for this reader; null when nobody said so.</summary>
    public Exemption? Exemption { get; init; }

    /// <summary>Has acknowledged the version that this one changes, so only the difference is asked; null for whoever reads all of it.</summary>
    public EarlierAcknowledgement? Earlier { get; init; }

    public AcknowledgementStatus StatusIn(StepRun step, DateTimeOffset at) =>
        ConfirmedAt is not null ? AcknowledgementStatus.Acknowledged
        : IsExempt && !Exemption!.IsOver(at) ? AcknowledgementStatus.Exempt
        : step.HasFailed ? AcknowledgementStatus.Overdue
        : AcknowledgementStatus.Due;

    /// <summary>Does not count for the quota now.</summary>
    [JsonIgnore]
    public bool IsExempt => ConfirmedAt is null && Exemption is { HasEnded: false };

    /// <summary>Was exempt and has not confirmed: the task stays, whatever became of the step meanwhile.</summary>
    [JsonIgnore]
    public bool Owes => ConfirmedAt is null && Exemption is not null;

    /// <summary>Planned the deployment, so that this word alone accepts nothing in a live environment.</summary>
    public bool IsPlanner { get; init; }
}

/// <summary>Somebody is away, and comes back (domain §2.3.3).</summary>
/// <param name="Until">The first day, by UTC, on which the task is due again.</param>
public sealed record Exemption(string Reason, DateOnly Until, Actor By, DateTimeOffset At)
{
    /// <summary>The day came while the step still waited.</summary>
    public bool HasEnded { get; init; }

    public bool IsOver(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime) >= Until;
}

/// <summary>Somebody's confirmation of a version before (domain J12).</summary>
/// <param name="Label">Of that version.</param>
/// <param name="Run">In which it was given.</param>
public sealed record EarlierAcknowledgement(string Label, DateTimeOffset At, string Run);

/// <summary>Who acknowledged which version of a component before.</summary>
public sealed record KnownAcknowledgement(ComponentId Component, Actor Person, EarlierAcknowledgement Earlier);

/// <summary>Somebody with an account, and what they are where the deployment happens.</summary>
public sealed record KnownPerson(Actor Person, string Email, IReadOnlyCollection<Role> Roles)
{
    /// <summary>Role slots of the model that they are asked for.</summary>
    public IReadOnlyCollection<string> Slots { get; init; } = [];
}

/// <summary>Who the readers of a step are among those with an account: settled when the run starts.</summary>
internal static class Readership
{
    /// <summary>Refused with <c>run.reader-unknown</c>, <c>run.no-reader</c> or <c>run.only-planners-accept</c>.</summary>
    /// <param name="planners">Those who may not be the only ones to accept.</param>
    public static Result<IReadOnlyList<Reader>> Of(AsksPeople settings, IReadOnlyList<KnownPerson> people, IReadOnlyList<Actor> planners)
    {
        var readers = new List<Reader>();
        foreach (var name in settings.AskedOf)
        {
            var named = name.Contains('@', StringComparison.Ordinal)
                ? people.Where(person => string.Equals(person.Email, name, StringComparison.OrdinalIgnoreCase)).ToList()
                : [.. people.Where(person => person.Slots.Contains(name) || (Enum.TryParse<Role>(name, ignoreCase: true, out var role) && person.Roles.Contains(role)))];
            if (named.Count == 0 && RoleSlot.IsName(name)) return new Error(ErrorKind.Conflict, "run.slot-empty", $"Nobody is named for “{name}”, who would be asked, and nobody else is qualified for it: name somebody for this deployment.");
            if (named.Count == 0) return new Error(ErrorKind.Conflict, "run.reader-unknown", $"Nobody with an account here is “{name}”, who would have to confirm: an administrator invites people and gives them their roles.");
            if (named.Find(person => !PermissionMatrix.Allows(person.Roles, Permission.AcknowledgeVersions)) is { } without)
                return new Error(ErrorKind.Conflict, "run.reader-without-role", $"{without.Person.Name} would have to confirm, but holds no role here that may: an administrator gives one, such as stakeholder.");
            readers.AddRange(named.Select(person => new Reader(person.Person) { IsPlanner = settings is Accept && planners.Any(person.Person.Is) }));
        }

        var quota = Share.Parse(settings.Needed);
        if (quota.Error is { } malformed) return malformed;
        if (settings is Acknowledge asks && CannotBeAsked(asks) is { } cannot) return cannot;
        if (readers.Count > 0 && readers.TrueForAll(reader => reader.IsPlanner))
            return new Error(ErrorKind.Conflict, "run.only-planners-accept", $"{Words.List(readers.Select(reader => reader.Person.Name).Distinct())} planned this deployment and would be the only ones to accept it. In a live environment somebody else does, too: name others in the model.");
        return readers.Count == 0 ? new Error(ErrorKind.Conflict, "run.no-reader", "A step asks for confirmations and names no reader.") : readers.DistinctBy(reader => reader.Person.Id).ToArray();
    }

    /// <summary>What only shows when everything is filled.</summary>
    private static Error? CannotBeAsked(Acknowledge asks)
    {
        if (asks.PassMark is { } mark && Share.Parse(mark).Error is { } unclear) return unclear;
        if ((asks.RemindAfter ?? []).Select(after => Duration.Parse(after).Error).FirstOrDefault(wrong => wrong is not null) is { } malformed) return malformed;
        return (asks.Quiz ?? []).FirstOrDefault(question => question.Choices.Distinct().Count() < question.Choices.Count) is { } twice
            ? new Error(ErrorKind.Conflict, "run.quiz-choices-alike", $"Two choices of the question “{twice.Text}” are the same once they are filled, so nobody could tell them apart.") : null;
    }
}
