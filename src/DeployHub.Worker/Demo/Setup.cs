using DeployHub.Features.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DeployHub.Worker.Demo;

public static class Setup
{
    /// <param name="dataDirectory">The installation's; the demo keeps everything below its <c>demo</c> folder.</param>
    public static IServiceCollection AddDemo(this IServiceCollection services, string dataDirectory)
    {
        var directory = Path.Combine(dataDirectory, "demo");
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DemoFleet>(provider, Path.Combine(directory, "targets")));
        services.AddHostedService(provider => provider.GetRequiredService<DemoFleet>());
        services.AddScoped(provider => ActivatorUtilities.CreateInstance<DemoLoader>(provider, Path.Combine(AppContext.BaseDirectory, "samples"), directory));
        return services;
    }

    /// <summary>Loads the demo where nobody is yet, when this process has one; otherwise answers the token of the first administrator's link, if that is needed.</summary>
    public static async Task<string?> WelcomeFirstPeopleAsync(this IHost host, CancellationToken cancellationToken)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<SeedPeople>();
        if (await people.IsAnybodyThereAsync(cancellationToken)) return null;
        if (scope.ServiceProvider.GetService<DemoLoader>() is not { } demo) return await people.AddFirstAdministratorLinkAsync(cancellationToken);

        await demo.LoadAsync(cancellationToken);
        return null;
    }
}
