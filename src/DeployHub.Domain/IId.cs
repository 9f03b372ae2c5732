namespace DeployHub.Domain;

/// <summary>A strongly typed identifier: a version 7 <see cref="Guid"/>, so that rows of one time lie together.</summary>
public interface IId<out TSelf> where TSelf : IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}
