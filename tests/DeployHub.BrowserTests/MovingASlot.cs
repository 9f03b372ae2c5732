using System.Globalization;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>A slot is dragged to another day: the page says what that means before anything happens, and asks why.</summary>
public sealed class MovingASlot(Site site)
{
    [Fact]
    public async Task Dragging_asks_first_and_leaving_it_moves_nothing()
    {
        var start = Monday().AddHours(9);
        var number = await site.PlanAsync(Moves.Planning("staging", "1.1.0", $"&Input.SlotStart={start:yyyy-MM-ddTHH:mm}&Input.SlotEnd={start.AddHours(2):yyyy-MM-ddTHH:mm}"));
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync($"/calendar?look=week&date={start:yyyy-MM-dd}&environment=staging");
        var slot = mia.Page.Locator(".is-slot", new() { HasText = number });
        await slot.ScrollIntoViewIfNeededAsync();
        var before = (await slot.BoundingBoxAsync())!;

        await mia.Page.Mouse.MoveAsync(before.X + (before.Width / 2), before.Y + 15);
        await mia.Page.Mouse.DownAsync();
        await mia.Page.Mouse.MoveAsync(before.X + (before.Width * 1.7f), before.Y + 15, new() { Steps = 12 });
        await mia.Page.Mouse.UpAsync();
        await Expect(mia.Page.Locator("#move")).ToContainTextAsync("Allowed then");
        await mia.Page.ClickAsync("#move [data-leave]");
        (await slot.BoundingBoxAsync())!.X.ShouldBe(before.X, 2);

        await mia.Page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/calendar?look=week&date={start:yyyy-MM-dd}&move={number}"));
        await mia.Page.FillAsync("#SlotStart", $"{start.AddDays(1):yyyy-MM-ddTHH:mm}");
        await mia.Page.FillAsync("#SlotEnd", $"{start.AddDays(1).AddHours(2):yyyy-MM-ddTHH:mm}");
        await mia.Page.FillAsync("#move-form [name=Reason]", "The partner is ready a day later.");
        await mia.Page.ClickAsync("#moving .btn-primary");
        await Expect(mia.Page.Locator("#flash")).ToContainTextAsync($"{number} is moved");
    }

    /// <summary>Of next week, so that the slot is still to come.</summary>
    private static DateTime Monday() => DateTime.UtcNow.Date.AddDays(8 - (((int)DateTime.UtcNow.DayOfWeek + 6) % 7)).AddDays(-1);
}
