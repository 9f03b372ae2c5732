using DeployHub.Web.Hosting;
using DeployHub.Worker;
using DeployHub.Worker.Demo;

AppDomain.CurrentDomain.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", TimeSpan.FromSeconds(10)); // a pattern in somebody's schema may take for ever; read once, so before any pattern is used

var launch = Launch.From(args);
if (launch.AsksForHelp || launch.Refusal is not null)
{
    await (launch.AsksForHelp ? Console.Out : Console.Error).WriteLineAsync(launch.AsksForHelp ? Help.Text : launch.Refusal);
    return launch.AsksForHelp ? 0 : 64;
}

try
{
    using var interruption = new Interruption();
    IHostApplicationBuilder builder = launch.ServesWeb ? Website.CreateBuilder(launch.Arguments) : Host.CreateApplicationBuilder(launch.Arguments);
    await using var database = await DatabaseServer.FindAsync(builder, interruption.Token);
    builder.AddHosting(database);
    if (launch.Works) builder.Services.AddDeployHubWorker(builder.Configuration);
    if (launch.Works && (launch.Demo ?? database.IsEmbedded)) builder.Services.AddDemo(DataDirectory.From(builder.Configuration));

    var host = builder is WebApplicationBuilder web ? Website.Build(web) : ((HostApplicationBuilder)builder).Build();
    await host.PrepareDatabaseAsync(interruption.Token);
    host.SayWelcomeWhenStarted(launch.OnlyMigrates ? null : await host.WelcomeFirstPeopleAsync(interruption.Token));
    if (!launch.OnlyMigrates) await host.RunToTheEndAsync(interruption.Token);
    return 0;
}
catch (Exception exception) when (exception is not HostAbortedException)
{
    await Console.Error.WriteLineAsync(StartException.Explain(exception) ?? exception.ToString());
    return 1;
}
