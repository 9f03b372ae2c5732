namespace DeployHub.Domain.Models.Communicating;

/// <summary>Somebody asked to be told what happens to a model.</summary>
public sealed class ModelSubscription
{
    private ModelSubscription() { }

    public ModelId ModelId { get; private init; }

    /// <summary>The account.</summary>
    public Guid Person { get; private init; }

    public DateTimeOffset At { get; private init; }

    public static ModelSubscription Of(ModelId model, Guid person, DateTimeOffset at) => new() { ModelId = model, Person = person, At = at };
}
