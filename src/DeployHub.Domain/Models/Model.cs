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

    /// <summary>How many versions were ever made. Two imports at once collide here, so that a number is given once.</summary>
    public int LatestNumber { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public static Model Create(ModelContent content, Actor by, DateTimeOffset at) =>
        new() { Id = ModelId.New(), Slug = content.Model, Name = content.Name, Purpose = content.Purpose, Owner = by, CreatedAt = at };

    /// <summary>Publishes the content as the next version, which names the model from now on. The caller deprecates the version it replaces.</summary>
    public ModelVersion Import(ModelContent content, string yaml, string releaseNote, Actor by, DateTimeOffset at)
    {
        (Name, Purpose, LatestNumber) = (content.Name, content.Purpose, LatestNumber + 1);
        return ModelVersion.Import(Id, LatestNumber, content, yaml, releaseNote, by, at);
    }
}
