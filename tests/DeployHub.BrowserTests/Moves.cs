using Microsoft.Playwright;

namespace DeployHub.BrowserTests;

/// <summary>What the demo's people do, in the words of the pages.</summary>
internal static class Moves
{
    /// <summary>The planning form with these choices made.</summary>
    public static string Planning(string environment, string version, string settings = "") =>
        $"/deployments/new?Input.Environment={environment}&Input.Versions=greeter-web@{version}&Input.Model=rolling-web-service{settings}";

    /// <summary>The planning form for what people do by hand, on one target.</summary>
    public static string PlanningByHand(string environment, string target) =>
        $"/deployments/new?Input.Environment={environment}&Input.Versions=greeter-handbook@2026.1&Input.Model=manual-checklist&Input.Targets={target}";

    /// <summary>The text of a model's first version, as it was written.</summary>
    public static async Task<string> TextOfAsync(this Site site, string slug)
    {
        await using var dora = await site.OpenAsync("dora");
        await dora.Page.GotoAsync("/account");
        return await dora.Page.EvaluateAsync<string>("async address => (await fetch(address, { headers: { Accept: 'application/yaml' } })).text()", $"/api/v1/models/{slug}/versions/1");
    }

    /// <summary>Mia plans. Answers the deployment's number.</summary>
    /// <param name="button">What she does with the plan.</param>
    public static async Task<string> PlanAsync(this Site site, string planning, string button = "Submit for approval")
    {
        await using var mia = await site.OpenAsync("mia");
        await mia.Page.GotoAsync(planning);
        await mia.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        return await mia.Page.NumberAsync();
    }

    /// <summary>Paul starts it and stays on the run's page.</summary>
    public static async Task<Tab> StartAsync(this Site site, string number)
    {
        var paul = await site.OpenAsync("paul");
        await paul.Page.GotoAsync($"/deployments/{number}");
        await paul.Page.GetByRole(AriaRole.Button, new() { Name = "Start in" }).ClickAsync();
        await paul.Page.WaitForURLAsync("**/runs/1");
        return paul;
    }

    /// <summary>An invited person without a role, who has set the demo's password.</summary>
    public static async Task GetInAsync(this Site site, string email, string name, string password = Site.Password)
    {
        await using var newcomer = await site.OpenAsync(null);
        await newcomer.Page.GotoAsync(await site.InviteAsync(email, name));
        await newcomer.Page.GetByLabel("Password").FillAsync(password);
        await newcomer.Page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await newcomer.Page.WaitForURLAsync("**/sign-in");
    }

    /// <summary>Adam invites. Answers the link.</summary>
    public static async Task<string> InviteAsync(this Site site, string email, string name)
    {
        await using var adam = await site.OpenAsync("adam");
        await adam.Page.GotoAsync("/admin/people");
        await adam.Page.FillAsync("#Invite_Email", email);
        await adam.Page.FillAsync("#Invite_DisplayName", name);
        await adam.Page.GetByRole(AriaRole.Button, new() { Name = "Make an invitation link" }).ClickAsync();
        return await adam.Page.Locator(".card.needs-you code").InnerTextAsync();
    }

    public static async Task StopAsync(this IPage run, string why)
    {
        await run.Locator("#stop > summary").ClickAsync();
        await run.Locator("#Reason").FillAsync(why);
        await run.GetByRole(AriaRole.Button, new() { Name = "Stop DEP" }).ClickAsync();
        await run.SeesAsync("Halted");
    }

    /// <summary>Presses the button of the halt panel; the choice is made.</summary>
    public static async Task DecideAsync(this IPage run, string diagnosis)
    {
        await run.GetByLabel("What you found out").FillAsync(diagnosis);
        await run.EvaluateAsync("document.body.dataset.before = ''");
        await run.GetByRole(AriaRole.Button, new() { Name = "Decide" }).ClickAsync();
        await Assertions.Expect(run.Locator("body:not([data-before])")).ToBeVisibleAsync();
    }

    /// <summary>A task of the checklist that nobody has answered.</summary>
    public static ILocator Task(this IPage checklist, string title) => checklist.Locator("details.task:not([data-answered])", new() { HasText = title }).First;

    /// <summary>Answers it on the checklist, once it is there.</summary>
    public static async Task AnswerAsync(this IPage checklist, string title, (string Name, string Text)? value = null, string? note = null, string answer = "Done")
    {
        var task = checklist.Task(title);
        await Assertions.Expect(task.Locator("form.answer")).ToBeAttachedAsync(new() { Timeout = 60_000 });
        var said = task.GetByRole(AriaRole.Button, new() { Name = answer, Exact = true });
        for (var left = 5; ; left--)
        {
            if (!await said.IsVisibleAsync()) await task.Locator("summary").ClickAsync(); // the page may open it in the same moment, and the click then closes it
            try
            {
                await said.WaitForAsync(new() { Timeout = 3_000 });
                if (value is { } read) await task.GetByLabel(read.Name).FillAsync(read.Text, new() { Timeout = 3_000 });
                if (note is not null) await task.GetByLabel("Note").FillAsync(note, new() { Timeout = 3_000 });
                var card = await task.ElementHandleAsync(new() { Timeout = 3_000 });
                await said.ClickAsync(new() { Timeout = 3_000 });
                await checklist.WaitForFunctionAsync("card => !card.isConnected || card.hasAttribute('data-answered')", card, new() { Timeout = 5_000 }); // a click is lost when the page replaces the button under it
                await Assertions.Expect(task.Locator("form.answer")).Not.ToBeAttachedAsync(new() { Timeout = 5_000 }); // and then its card is another one that still asks
                return;
            }
            catch (TimeoutException) when (left > 0)
            {
            }
            catch (PlaywrightException gone) when (gone.Message.Contains("context was destroyed", StringComparison.Ordinal))
            {
                return; // the answer led to another page
            }
        }
    }

    public static ILocator State(this IPage run) => run.Locator(".run-line > .state-mark"); // the run itself, not what it changed

    /// <summary>Tells what the page says when another state is seen: why a run halted is worth more than that it did.</summary>
    public static async Task SeesAsync(this IPage run, string state, int seconds = 90)
    {
        try
        {
            await Assertions.Expect(run.State()).ToHaveTextAsync(state, new() { Timeout = seconds * 1000 });
        }
        catch (PlaywrightException exception)
        {
            throw new TimeoutException($"{exception.Message}\n{await run.Locator("main").InnerTextAsync()}", exception);
        }
    }

    /// <summary>Opens the page again and again until it says so; tells what it said instead.</summary>
    public static async Task ComesToReadAsync(this IPage page, string address, string selector, string text, int seconds = 60)
    {
        for (var until = DateTime.UtcNow.AddSeconds(seconds); ; await System.Threading.Tasks.Task.Delay(1_000))
        {
            await page.GotoAsync(address);
            var said = await page.Locator(selector).First.InnerTextAsync();
            if (said.Contains(text, StringComparison.Ordinal)) return;
            if (DateTime.UtcNow > until) throw new TimeoutException($"{address} does not say “{text}”:\n{said}");
        }
    }

    public static async Task<string> NumberAsync(this IPage deployment)
    {
        await deployment.WaitForURLAsync(url => url.Contains("/deployments/DEP-"));
        return new Uri(deployment.Url).Segments[^1];
    }
}
