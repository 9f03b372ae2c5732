using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker.Artefacts.Stores;

internal static class Setup
{
    /// <summary>One line for each kind of store, and what fetches from them.</summary>
    public static IServiceCollection AddStoreReaders(this IServiceCollection services)
    {
        services.AddSingleton<IStoreReader, FolderReader>();
        services.AddSingleton<IStoreReader, HttpReader>();
        services.AddSingleton<IStoreReader, OciReader>();
        services.AddSingleton<IStoreReader, S3Reader>();
        services.AddSingleton<IStoreReader, NpmReader>();
        services.AddSingleton<IStoreReader, NuGetReader>();

        services.AddSingleton(provider => StoreLimits.From(provider.GetRequiredService<IConfiguration>()));
        return services.AddSingleton<AddressGuard>().AddSingleton<StoreHttp>().AddSingleton<ArtefactCache>().AddSingleton<ArtefactSource>();
    }
}
