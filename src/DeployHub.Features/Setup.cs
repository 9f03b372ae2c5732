using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.DueWork;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace DeployHub.Features;

public static class Setup
{
    /// <summary>Everything a door needs to send messages. The door itself brings a Hangfire client.</summary>
    public static IServiceCollection AddDeployHubFeatures(this IServiceCollection services, string connectionString)
    {
        services.AddMediator((MediatorOptions options) =>
        {
            options.Assemblies = [typeof(Setup)];
            options.ServiceLifetime = ServiceLifetime.Scoped;
            options.PipelineBehaviors = [typeof(PermissionBehavior<,>), typeof(ValidationBehavior<,>), typeof(ReadingUploads<,>), typeof(CommitBehavior<,>)];
        });
        services.AddValidatorsFromAssembly(typeof(Setup).Assembly, includeInternalTypes: true);
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(connectionString) { ConnectionStringBuilder = { MaxAutoPrepare = 50 } }.Build());
        services.AddDbContext<DeployHubDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .UseSnakeCaseNamingConvention());
        services.AddScoped<Schema>();
        services.AddScoped<Caller>();
        services.AddScoped<SeedPeople>();
        services.TryAddScoped<IPasswordHasher<Person>, PasswordHasher<Person>>();
        services.AddScoped<PlanBinding>();
        services.AddSingleton<Doorbell>();
        services.AddSingleton<IdempotentAnswers>();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
