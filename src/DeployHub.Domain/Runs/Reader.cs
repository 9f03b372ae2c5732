using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>Somebody who is asked to confirm or to accept a version.</summary>
public sealed record Reader(Actor Person)
{
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Planned the deployment, so that this word alone accepts nothing in a live environment.</summary>
    public bool IsPlanner { get; init; }
}

/// <summary>Somebody with an account, and what they are where the deployment happens.</summary>
public sealed record KnownPerson(Actor Person, string Email, IReadOnlyCollection<Role> Roles);

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
                : [.. people.Where(person => Enum.TryParse<Role>(name, ignoreCase: true, out var role) && person.Roles.Contains(role))];
            if (named.Count == 0) return new Error(ErrorKind.Conflict, "run.reader-unknown", $"Nobody with an account here is “{name}”, who would have to confirm: an administrator invites people and gives them their roles.");
            if (named.Find(person => !PermissionMatrix.Allows(person.Roles, Permission.AcknowledgeVersions)) is { } without)
                return new Error(ErrorKind.Conflict, "run.reader-without-role", $"{without.Person.Name} would have to confirm, but holds no role here that may: an administrator gives one, such as stakeholder.");
            readers.AddRange(named.Select(person => new Reader(person.Person) { IsPlanner = settings is Accept && planners.Any(person.Person.Is) }));
        }

        var quota = Share.Parse(settings.Needed);
        if (quota.Error is { } malformed) return malformed;
        if (readers.Count > 0 && readers.TrueForAll(reader => reader.IsPlanner))
            return new Error(ErrorKind.Conflict, "run.only-planners-accept", $"{Words.List(readers.Select(reader => reader.Person.Name).Distinct())} planned this deployment and would be the only ones to accept it. In a live environment somebody else does, too: name others in the model.");
        return readers.Count == 0 ? new Error(ErrorKind.Conflict, "run.no-reader", "A step asks for confirmations and names no reader.") : readers.DistinctBy(reader => reader.Person.Id).ToArray();
    }
}
