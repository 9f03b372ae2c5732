using Microsoft.AspNetCore.Identity;

namespace DeployHub.Features.Access;

/// <summary>A local account. Passwords, lockout and stamps are the framework's.</summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>The name shown to others.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>An administrator closed it. Wrong passwords only lock the sign-in, for minutes: whoever types them must not stop what a person's programs do.</summary>
    public bool IsClosed => LockoutEnd == DateTimeOffset.MaxValue;
}
