namespace DeployHub.Web.Api;

/// <summary>The door for programs. Every endpoint sends one message; every command is named by exactly one endpoint.</summary>
internal static class Api
{
    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapServices();
    }
}
