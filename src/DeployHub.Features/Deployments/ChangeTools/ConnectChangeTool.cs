using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.ChangeTools;

/// <summary>Connects ServiceNow or Jira: from now on a plan that names one of its changes starts only while that is authorised there. Answers its key.</summary>
[Requires(Permission.ManageSettings)]
public sealed record ConnectChangeTool(string Key, ChangeToolSettings Settings) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<ConnectChangeTool>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Settings).NotNull().SetValidator(new ChangeToolSettingsRules());
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, Doorbell doorbell, TimeProvider clock) : ICommandHandler<ConnectChangeTool, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(ConnectChangeTool command, CancellationToken cancellationToken)
        {
            if (await db.ChangeTools.CountAsync(cancellationToken) >= ChangeLookups.MostTools) return ChangeToolErrors.TooMany(ChangeLookups.MostTools);

            db.ChangeTools.Add(ChangeTool.Connect(command.Key, command.Settings, caller.Actor, clock.GetUtcNow()));
            db.AfterCommit.Add(doorbell.Ring);
            return command.Key;
        }
    }
}
