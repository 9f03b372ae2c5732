using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Features.Pipeline;
using DeployHub.Web.Api;
using DeployHub.Web.Pages;

namespace DeployHub.Web.Hosting;

/// <summary>What an address asks for is looked up in the database, so text that it cannot hold is refused at the door.</summary>
internal static class PlainAddresses
{
    public static void UsePlainAddresses(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Request.Query.FirstOrDefault(asked => asked.Value.Any(UnstorableText.IsIn) || UnstorableText.IsIn(asked.Key)) is not { Key: { } name }) return next(http);
        if (Setup.IsForPrograms(http)) return Refusal(name).ExecuteAsync(http);

        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    private static IResult Refusal(string name) =>
        ResultToHttp.Problem(Error.Invalid("request.wrong-value", JsonNamingPolicy.CamelCase.ConvertName(name), UnstorableText.Rule));
}
