namespace DeployHub.Features.Pipeline;

/// <summary>
/// A command that is used up by being handled, such as one that brings a stream: when it meets another write in the same moment it is
/// refused at once, and whoever sent it sends it again.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TriedOnceAttribute : Attribute;
