using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Partners;

public readonly record struct RecipientId(Guid Value) : IId<RecipientId>
{
    public static RecipientId New() => new(Guid.CreateVersion7());

    public static RecipientId From(Guid value) => new(value);
}

/// <summary>An entry of a service's distribution list: who is told of its deployments.</summary>
public sealed class Recipient
{
    private Recipient() { }

    public RecipientId Id { get; private init; }

    public ServiceId ServiceId { get; private init; }

    public string Name { get; private init; } = "";

    public string Email { get; private init; } = "";

    /// <summary>Whose contact it is; null for a person of the house.</summary>
    public OrganisationId? OrganisationId { get; private init; }

    public Actor AddedBy { get; private init; } = Actor.System;

    public DateTimeOffset AddedAt { get; private init; }

    public Ending? Ended { get; private set; }

    /// <summary>Kept beside <see cref="Ended"/>, so that the database admits an address once.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public static Recipient Add(ServiceId service, string name, string email, OrganisationId? organisation, Actor by, DateTimeOffset at) =>
        new() { Id = RecipientId.New(), ServiceId = service, Name = name, Email = email.ToLowerInvariant(), OrganisationId = organisation, AddedBy = by, AddedAt = at };

    public Result End(string reason, Actor by, DateTimeOffset at)
    {
        if (Ended is { } ended) return new Error(ErrorKind.Conflict, "recipient.ended", $"{Name} was taken from the list by {ended.By.Name} on {ended.At:yyyy-MM-dd}: {ended.Reason}");

        (Ended, EndedAt) = (new Ending(reason, by, at), at);
        return Result.Success;
    }
}
