using DeployHub.Domain.Workers;
using DeployHub.Features.DueWork;
using DeployHub.Features.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Calendars;
using DeployHub.Worker.ChangeTools;
using DeployHub.Worker.Drift;
using DeployHub.Worker.Git;
using DeployHub.Worker.Logs;
using DeployHub.Worker.Models;
using DeployHub.Worker.Notifications;
using DeployHub.Worker.Secrets;
using DeployHub.Worker.Steps;
using Hangfire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker;

public static class Setup
{
    /// <summary>Makes this process a worker: everything that touches targets. The host brings the features and Hangfire's storage.</summary>
    public static IServiceCollection AddDeployHubWorker(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("DeployHub:Worker");
        services.Configure<WorkerOptions>(section);
        var pools = Pools.Parse(section[nameof(WorkerOptions.Pools)]);
        if (pools.Error is { } wrong) throw new InvalidOperationException($"DeployHub:Worker:Pools: {wrong.Message}");

        services.AddStepExecutors();
        services.AddSingleton<Masker>().AddSingleton<IHidesSecrets>(provider => provider.GetRequiredService<Masker>());
        services.AddSingleton<SecretStore>().AddSingleton<ISecrets>(provider => provider.GetRequiredService<SecretStore>());
        services.AddSingleton<StepLogs>().AddHostedService<LogWriter>(); // stops last, so that the last lines are stored
        services.AddSingleton<LogPartitions>().AddHostedService(provider => provider.GetRequiredService<LogPartitions>());

        services.AddSingleton<StepVisit>().AddSingleton<BrokenRuns>().AddSingleton<PacedDoorbell>().AddSingleton<RunDriver>();
        services.AddSingleton<Leases>().AddHostedService(provider => provider.GetRequiredService<Leases>());
        services.AddHostedService<Heartbeat>(); // says goodbye after the last step has ended
        services.AddSingleton<TargetWork>().AddHostedService(provider => provider.GetRequiredService<TargetWork>());
        services.AddHostedService<FindDueWork>();
        services.AddSingleton<RepositoryCache>();
        services.AddLooking<ScanForDrift>().AddLooking<DryChecks>().AddLooking<LooksAfterModels>().AddLooking<LooksAfterApprovals>().AddLooking<SyncModelSources>().AddLooking<ExpiresExceptions>().AddLooking<MissesDeadlines>().AddLooking<RemindsPeople>().AddLooking<KeepsSlots>().AddLooking<LooksIntoStores>();
        services.AddLooking<ChecksControls>();
        services.AddSingleton<CalendarHttp>().AddLooking<FetchBusyCalendars>();
        services.AddSingleton<ChangeToolHttp>().AddLooking<LooksUpChanges>();
        services.AddSingleton<Mails>().AddHostedService<DeliverMessages>();
        services.AddHttpClient(DeliverMessages.Client, client => client.Timeout = DeliverMessages.Patience)
            .RemoveAllLoggers() // the address of a chat is a secret
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false }); // a signed message goes where it was sent, nowhere else
        services.AddTransient<IRunJobs, RunJobs>();
        services.AddHangfireServer(options =>
        {
            options.Queues = [.. pools.Value.Names.Select(Doorbell.QueueOf)];
            options.WorkerCount = 1; // jobs only ring, and one kept waiting is enough to let the next ring go elsewhere
            options.ServerTimeout = TimeSpan.FromMinutes(5);
            options.SchedulePollingInterval = TimeSpan.FromMinutes(5); // nothing is scheduled: what falls due is in the run's state
        });
        return services;
    }

    private static IServiceCollection AddLooking<T>(this IServiceCollection services) where T : LooksOutsideRuns =>
        services.AddSingleton<T>().AddSingleton<LooksOutsideRuns>(provider => provider.GetRequiredService<T>()).AddHostedService(provider => provider.GetRequiredService<T>());
}
