using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace DeployHub.Web.Access;

/// <summary>Holding one permission somewhere; commands check the scope again.</summary>
internal sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;

/// <summary>A policy for each permission, under its name.</summary>
internal sealed class PermissionPolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => Enum.TryParse<Permission>(policyName, out var permission)
        ? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(permission)).Build()
        : await base.GetPolicyAsync(policyName);
}

internal sealed class PermissionHandler(Caller caller) : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (caller.May(requirement.Permission)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
