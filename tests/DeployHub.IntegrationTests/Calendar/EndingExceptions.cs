using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Calendar;

/// <summary>A worker ends exceptions from freezes whose time is over, each by itself.</summary>
public sealed class EndingExceptions(WorkingHub hub) : IClassFixture<WorkingHub>
{
    [Fact]
    public async Task One_that_cannot_be_ended_keeps_nobody_from_the_others()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        var (from, until) = (Tomorrow(8), Tomorrow(18));
        var freeze = (await hub.As(Role.DeploymentManager).Send(new DeclareFreeze(
            "Closing", "The books are closed", new ScopeInput { Environment = estate.Name }, new RecurrenceInput { Start = from.DateTime, End = until.DateTime, Zone = "UTC" }))).Done();
        var (broken, sound) = (await AskedAsync(estate, freeze), await AskedAsync(estate, freeze));
        await hub.Database(db => db.Database.ExecuteSqlAsync($"update freeze_exceptions set expires_at = freeze_ends + interval '1 year' where number = {broken}")); // no row of ours is like this

        hub.Clock.Advance(Tomorrow(9).AddMinutes(1) - hub.Clock.GetUtcNow());
        await TestHub.Until(async () => await StatusAsync(sound) is FreezeExceptionStatus.Expired, "the other one is ended", 60);
        (await StatusAsync(broken)).ShouldBe(FreezeExceptionStatus.Requested);
    }

    private DateTimeOffset Tomorrow(int hour) => new(hub.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(hour), TimeSpan.Zero);

    private async Task<string> AskedAsync(Estate estate, string freeze)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = Tomorrow(9), SlotEnd = Tomorrow(10) }))).Done();
        return (await hub.As(Role.ReleaseManager).Send(new RequestFreezeException(number, freeze, "The file is due", "A fine", "Paul until 20:00", 6, Tomorrow(12)))).Done();
    }

    private async Task<FreezeExceptionStatus> StatusAsync(string exception) => (await hub.AsSystem.Send(new ShowFreezeException(exception))).Done().Exception.Status;
}
