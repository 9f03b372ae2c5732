using DeployHub.Domain.Access;

namespace DeployHub.Features.Pipeline;

/// <summary>The permission a command needs; checked before anything else of it runs. Every command carries one (an architecture test).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresAttribute(Permission permission) : Attribute
{
    public Permission Permission { get; } = permission;

    /// <summary>What the command does, where the right is called after something else: completes “You may not”.</summary>
    public string? To { get; set; }
}

/// <summary>A command that needs no sign-in, such as accepting a one-time link. The attribute makes that a decision, not an omission.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresNoSignInAttribute : Attribute;
