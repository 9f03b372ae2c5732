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
        var (service, environment) = await db.ScopeOfAsync(deployment, cancellationToken);
        return caller.RefusalOf(Permission.AnswerQuestions, service, environment) is null;
    }

    public static async Task<bool> SeesReadersAsync(this DeployHubDb db, Deployment deployment, Caller caller, CancellationToken cancellationToken)
    {
        var (service, environment) = await db.ScopeOfAsync(deployment, cancellationToken);
        return caller.RolesIn(service, environment).Contains(Role.Auditor) || caller.RefusalOf(Permission.AnswerQuestions, service, environment) is null;
    }
}
