using DeployHub.Features.Notifications;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Notifications;

/// <summary>What a worker does every few seconds, where a test has none.</summary>
internal static class PassingOnAtOnce
{
    public static async Task PassOnAsync(this TestHub hub, bool sendsMail = false)
    {
        while (await hub.PassSomeOnAsync(sendsMail) == PassingOn.Most)
        {
        }
    }

    private static Task<int> PassSomeOnAsync(this TestHub hub, bool sendsMail) => hub.Database(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var count = await db.PassOnAsync(new Uri("https://hub.example.com"), sendsMail, hub.Clock.GetUtcNow(), CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return count;
    });

    public static Task<int> WriteDigestsAsync(this TestHub hub, bool sendsMail = true) => hub.Database(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var count = await db.WriteDigestsAsync(sendsMail, hub.Clock.GetUtcNow(), CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return count;
    });

    /// <param name="at">When it is looked; null for now.</param>
    public static async Task RemindAsync(this TestHub hub, DateTimeOffset? at = null)
    {
        foreach (var part in Reminders.Parts)
            await hub.Database(async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await db.RemindAsync(part, at ?? hub.Clock.GetUtcNow(), CancellationToken.None);
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
                return true;
            });
    }
}
