using DeployHub.Domain.Access;

namespace DeployHub.Domain.Inventory;

/// <summary>A part of a service that is versioned and moved as a whole; the glossary's <i>service component</i> (domain §1.2).</summary>
public sealed class Component
{
    private Component() { }

    public ComponentId Id { get; private init; }

    public ServiceId ServiceId { get; private init; }

    /// <summary>Unique in the installation, stands in addresses, never changes.</summary>
    public string Key { get; private init; } = "";

    public string Name { get; private set; } = "";

    public ComponentKind Kind { get; private init; }

    /// <summary>Says more about <see cref="ComponentKind.Other"/>, such as <c>Licence</c>.</summary>
    public string? SubKind { get; private init; }

    public Actor RegisteredBy { get; private init; } = Actor.System;

    public DateTimeOffset RegisteredAt { get; private init; }

    public static Component Register(ServiceId service, string key, string name, ComponentKind kind, string? subKind, Actor by, DateTimeOffset at) =>
        new() { Id = ComponentId.New(), ServiceId = service, Key = key, Name = name, Kind = kind, SubKind = subKind, RegisteredBy = by, RegisteredAt = at };

    public void Describe(string name) => Name = name;
}
