using Microsoft.AspNetCore.Identity;

namespace DeployHub.Features.Access;

/// <summary>A local account. Passwords, lockout and stamps are the framework's.</summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>The name shown to others.</summary>
    public string DisplayName { get; set; } = "";
}
