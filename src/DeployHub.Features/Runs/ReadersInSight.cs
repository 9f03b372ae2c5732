using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;

namespace DeployHub.Features.Runs;

/// <summary>Who sees single readers and what they ask: whoever answers them there, and auditors. Everybody else sees counts (domain J12).</summary>
internal static class ReadersInSight
{
    public static async Task<bool> MayAnswerAsync(this DeployHubDb db, Deployment deployment, Caller caller, CancellationToken cancellationToken)
    {
        var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
        return caller.RefusalThroughout(Permission.AnswerQuestions, services, environment) is null;
    }

    public static async Task<bool> SeesReadersAsync(this DeployHubDb db, Deployment deployment, Caller caller, CancellationToken cancellationToken)
    {
        var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
        return caller.RolesThroughout(services, environment).Contains(Role.Auditor) || caller.RefusalThroughout(Permission.AnswerQuestions, services, environment) is null;
    }
}
