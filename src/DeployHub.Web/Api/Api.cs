namespace DeployHub.Web.Api;

/// <summary>The door for programs. Every endpoint sends one message; every command is named by exactly one endpoint.</summary>
internal static class Api
{
    public const string Prefix = "/api/v1";

    public static IServiceCollection AddApi(this IServiceCollection services) => services.AddApiJson().AddApiDocument();

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Prefix).WithApiConventions();
        api.MapAccess();
        api.MapServices();
        api.MapComponents();
        api.MapComponentVersions();
        api.MapStores();
        api.MapTrustedKeys();
        api.MapTrustPolicies();
        api.MapVulnerabilities();
        api.MapEnvironments();
        api.MapTargets();
        api.MapDrift();
        api.MapUnmanaged();
        api.MapIncidents();
        api.MapMatrix();
        api.MapPractice();
        api.MapModels();
        api.MapModelSources();
        api.MapImprovements();
        api.MapBlocks();
        api.MapModelAnalysis();
        api.MapReviews();
        api.MapAudit();
        api.MapDeployments();
        api.MapSchedule();
        api.MapWindowsAndFreezes();
        api.MapApproving();
        api.MapAlignments();
        api.MapConditions();
        api.MapPartners();
        api.MapOwnOrganisations();
        api.MapPeopleOfDeployments();
        api.MapQualifications();
        api.MapPlans();
        api.MapCampaigns();
        api.MapRuns();
        api.MapReports();
        api.MapPull();
        api.MapWorkers();
        api.MapWebhooks();
        api.MapChangeTools();
        api.MapNotifications();
        api.MapDesk();
        api.MapComments();
        api.MapFind();
        api.MapFallback(BadRequests.NoSuchAddress).ExcludeFromDescription();
        app.MapApiDocument();
        app.MapModelSchema();
        app.MapBlockSchema();
    }
}
