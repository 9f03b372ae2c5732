using System.Net;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Artefacts.Stores;
using DeployHub.Worker.Checks;
using DeployHub.Worker.Ssh;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker.Steps;

public static class Setup
{
    /// <summary>One line for each kind of step or check.</summary>
    public static IServiceCollection AddStepExecutors(this IServiceCollection services)
    {
        services.AddHttpClient("steps", client => client.Timeout = TimeSpan.FromSeconds(100));
        services.AddHttpClient("checks", client => client.Timeout = TimeSpan.FromSeconds(10));
        services.AddHttpClient(PageReader.Client, client => client.Timeout = TimeSpan.FromSeconds(10))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All }); // each step of the way is looked at
        services.AddHttpClient(CheckCmdbVerifier.Client, client => client.Timeout = TimeSpan.FromSeconds(10))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }); // its headers hold secrets
        services.AddSingleton<SshHosts>().AddSingleton<HostUpload>().AddSingleton<TargetFiles>().AddSingleton<OnTarget>().AddSingleton<FactReader>().AddSingleton<LogReader>().AddSingleton<PageReader>().AddStoreReaders().AddSingleton<SigningKeys>().AddSingleton<SafeTars>().AddSingleton<PrometheusSource>();
        services.AddSingleton<MaterialsSource>().AddSingleton<ListedVulnerabilities>().AddSingleton<Subjects>().AddSingleton<Definitions>().AddSingleton<DefinitionCheck>().AddSingleton<AlertsSource>().AddSingleton<LinkHttp>();

        services.AddSingleton<IStepExecutor, RunScriptExecutor>();
        services.AddSingleton<IStepExecutor, RunSshExecutor>();
        services.AddSingleton<IStepExecutor, UploadExecutor>();
        services.AddSingleton<IStepExecutor, ReleaseFilesExecutor>();
        services.AddSingleton<IStepExecutor, ConfigureFilesExecutor>();
        services.AddSingleton<IStepExecutor, ControlProcessExecutor>();
        services.AddSingleton<IStepExecutor, SwitchHaproxyServerExecutor>();
        services.AddSingleton<IStepExecutor, SwitchNginxUpstreamExecutor>();
        services.AddSingleton<IStepExecutor, RunDatabaseScriptsExecutor>();
        services.AddSingleton<IStepExecutor, RunTerraformExecutor>();
        services.AddSingleton<IStepExecutor, RunAnsibleExecutor>();
        services.AddSingleton<IStepExecutor, ReplaceContainerExecutor>();
        services.AddSingleton<IStepExecutor, RemoveContainerExecutor>();
        services.AddSingleton<IStepExecutor, DeployToKubernetesExecutor>();
        services.AddSingleton<IStepExecutor, CallHttpExecutor>();
        services.AddSingleton<IStepExecutor, SendWebhookExecutor>();
        services.AddSingleton<IStepExecutor, ManualWorkExecutor>();
        services.AddSingleton<IStepExecutor, AcknowledgeExecutor>();
        services.AddSingleton<IStepExecutor, AcceptExecutor>();
        services.AddSingleton<IStepExecutor, AwaitPullExecutor>();
        services.AddSingleton<IStepExecutor, WaitExecutor>();
        services.AddSingleton<IStepExecutor, CheckArtefactsVerifier>();
        services.AddSingleton<IStepExecutor, CheckManifestVerifier>();
        services.AddSingleton<IStepExecutor, CheckSignatureVerifier>();
        services.AddSingleton<IStepExecutor, CheckProvenanceVerifier>();
        services.AddSingleton<IStepExecutor, CheckPromotionVerifier>();
        services.AddSingleton<IStepExecutor, CheckTestsVerifier>();
        services.AddSingleton<IStepExecutor, CheckDependenciesVerifier>();
        services.AddSingleton<IStepExecutor, CheckRemovalVerifier>();
        services.AddSingleton<IStepExecutor, CheckLinksVerifier>();
        services.AddSingleton<IStepExecutor, CheckConfigurationVerifier>();
        services.AddSingleton<IStepExecutor, CheckSbomVerifier>();
        services.AddSingleton<IStepExecutor, CheckVulnerabilitiesVerifier>();
        services.AddSingleton<IStepExecutor, CheckReachableVerifier>();
        services.AddSingleton<IStepExecutor, CheckDiskSpaceVerifier>();
        services.AddSingleton<IStepExecutor, CheckToolsVerifier>();
        services.AddSingleton<IStepExecutor, CheckDriftVerifier>();
        services.AddSingleton<IStepExecutor, CheckTerraformVerifier>();
        services.AddSingleton<IStepExecutor, CheckAnsibleVerifier>();
        services.AddSingleton<IStepExecutor, CheckCapacityVerifier>();
        services.AddSingleton<IStepExecutor, CheckBackupVerifier>();
        services.AddSingleton<IStepExecutor, CheckMonitoringVerifier>();
        services.AddSingleton<IStepExecutor, CheckIncidentsVerifier>();
        services.AddSingleton<IStepExecutor, CheckHttpVerifier>();
        services.AddSingleton<IStepExecutor, CheckPageVerifier>();
        services.AddSingleton<IStepExecutor, CheckVersionVerifier>();
        services.AddSingleton<IStepExecutor, CheckFileVerifier>();
        services.AddSingleton<IStepExecutor, CheckLogsVerifier>();
        services.AddSingleton<IStepExecutor, CheckCmdbVerifier>();
        services.AddSingleton<IStepExecutor, CheckAbsentVerifier>();
        services.AddSingleton<IStepExecutor, CheckChangesVerifier>();
        services.AddSingleton<IStepExecutor, CheckTcpVerifier>();
        services.AddSingleton<IStepExecutor, CheckHaproxyServerVerifier>();
        services.AddSingleton<IStepExecutor, CheckTlsVerifier>();
        services.AddSingleton<IStepExecutor, CheckDnsVerifier>();
        services.AddSingleton<IStepExecutor, CheckSqlVerifier>();
        services.AddSingleton<IStepExecutor, CheckScriptVerifier>();
        services.AddSingleton<IStepExecutor, CheckMetricVerifier>();
        services.AddSingleton<IStepExecutor, CheckCanaryVerifier>();
        return services;
    }
}
