using DeployHub.Domain.Access;

namespace DeployHub.Domain.Inventory;

/// <summary>Something the organisation offers or depends on, owned by one service owner (domain §1.2).</summary>
public sealed class Service
{
    private Service() { }

    public ServiceId Id { get; private init; }

    /// <summary>Unique, stands in addresses, never changes.</summary>
    public string Key { get; private init; } = "";

    public string Name { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>The service owner: approves medium and high risk in production.</summary>
    public string Owner { get; private set; } = "";

    public Actor RegisteredBy { get; private init; } = Actor.System;

    public DateTimeOffset RegisteredAt { get; private init; }

    public static Service Register(string key, string name, string description, string owner, Actor by, DateTimeOffset at) =>
        new() { Id = ServiceId.New(), Key = key, Name = name, Description = description, Owner = owner, RegisteredBy = by, RegisteredAt = at };

    public void Describe(string name, string description, string owner) => (Name, Description, Owner) = (name, description, owner);
}
