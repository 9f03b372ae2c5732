using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models;

/// <summary>A repeatable, organisation-approved way to deploy a class of components (domain §1.4); what it says is in its versions.</summary>
public sealed class Model
{
    private Model() { }

    public ModelId Id { get; private init; }

    /// <summary>Unique, stands in addresses, never changes.</summary>
    public string Slug { get; private init; } = "";

    public string Name { get; private set; } = "";

    public string Purpose { get; private set; } = "";

    public Actor Owner { get; private init; } = Actor.System;

    public DateTimeOffset CreatedAt { get; private init; }

    public static Model Create(ModelContent content, Actor by, DateTimeOffset at) =>
        new() { Id = ModelId.New(), Slug = content.Model, Name = content.Name, Purpose = content.Purpose, Owner = by, CreatedAt = at };

    /// <summary>The newest published version names the model.</summary>
    public void Describe(ModelContent content) => (Name, Purpose) = (content.Name, content.Purpose);
}
