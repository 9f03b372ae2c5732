using System.Diagnostics;
using System.Globalization;
using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Stores;

/// <summary>Servers that break off, lie, never end, or lead elsewhere: nothing hangs, nothing is mixed, and every refusal says what would help.</summary>
public sealed class FetchingFromLiars(TestHub hub) : IClassFixture<TestHub>, IDisposable
{
    private static readonly string Text = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"line {number}\n"));

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    private readonly Shelf _shelf = new(hub);

    public void Dispose() => _shelf.Dispose();

    [Fact]
    public async Task A_connection_that_breaks_goes_on_where_it_broke()
    {
        await using var server = new RawHttp((request, to, _) => SendAsync(to, Text, "\"one\"", request, mostBytes: 90_000));

        (await _shelf.TextAsync(await HttpAsync(server, Text))).ShouldBe(Text);

        server.Asked.Select(request => request["range"]).ShouldBe([null, "bytes=90000-", "bytes=180000-"]);
        server.Asked.Skip(1).ShouldAllBe(request => request["if-range"] == "\"one\"");
    }

    [Fact]
    public async Task Another_content_in_between_is_fetched_from_its_beginning()
    {
        var other = Text.Replace("line", "LINE", StringComparison.Ordinal);
        var asked = 0;
        await using var server = new RawHttp((request, to, _) => asked++ == 0 ? SendAsync(to, other, "\"one\"", request, 50_000) : SendAsync(to, Text, "\"two\"", request));

        (await _shelf.TextAsync(await HttpAsync(server, Text))).ShouldBe(Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ETag: W/\"one\"\r\n")]
    public async Task Without_a_strong_tag_nothing_is_gone_on_with(string tag)
    {
        var asked = 0;
        await using var server = new RawHttp((_, to, _) => RawHttp.WriteAsync(to, $"HTTP/1.1 200 OK\r\n{tag}Content-Length: {Text.Length}", asked++ == 0 ? Text[..50_000] : Text));

        (await _shelf.TextAsync(await HttpAsync(server, Text))).ShouldBe(Text);
        server.Asked.ShouldAllBe(request => request["range"] == null);
    }

    [Theory]
    [InlineData("206 Partial Content\r\nContent-Range: bytes 10-19/LENGTH\r\nETag: \"one\"")]
    [InlineData("206 Partial Content\r\nContent-Range: bytes 50000-59999/60000\r\nETag: \"one\"")]
    [InlineData("206 Partial Content\r\nContent-Range: bytes 50000-59999/LENGTH\r\nETag: \"two\"")]
    [InlineData("206 Partial Content")]
    [InlineData("416 Range Not Satisfiable")]
    public async Task A_rest_that_is_another_one_is_not_taken(string head)
    {
        await using var server = new RawHttp((request, to, _) => request["range"] is null
            ? SendAsync(to, Text, "\"one\"", request, 50_000)
            : RawHttp.WriteAsync(to, $"HTTP/1.1 {head.Replace("LENGTH", $"{Text.Length}", StringComparison.Ordinal)}\r\nContent-Length: 10000", Text[..10_000]));

        var trouble = await _shelf.TroubleAsync(await HttpAsync(server, Text));

        trouble.Cause.ShouldBe(HaltCause.ComponentMissing);
        server.Asked.Count.ShouldBe(6, "three beginnings, each with one attempt to go on");
    }

    [Fact]
    public async Task What_is_too_large_is_refused_before_its_first_byte()
    {
        await using var server = new RawHttp((_, to, _) => RawHttp.WriteAsync(to, "HTTP/1.1 200 OK\r\nContent-Length: 21474836480"));

        var trouble = await _shelf.TroubleAsync(await HttpAsync(server, Text));

        trouble.Sentence.ShouldContain("has 20,480 MiB, and at most 4 MiB are fetched");
        trouble.Sentence.ShouldContain("DeployHub:ArtefactLimitMiB");
    }

    [Fact]
    public async Task A_body_without_end_ends_at_the_limit()
    {
        await using var server = new RawHttp(async (_, to, cancellationToken) =>
        {
            await RawHttp.WriteAsync(to, "HTTP/1.1 200 OK");
            for (var piece = new byte[65536]; ;) await to.WriteAsync(piece, cancellationToken);
        });

        (await _shelf.TroubleAsync(await HttpAsync(server, Text))).Sentence.ShouldContain("more than 4 MiB");
    }

    [Fact]
    public async Task A_trickle_is_not_waited_for()
    {
        using var shelf = new Shelf(hub, Short);
        await using var server = new RawHttp(async (request, to, cancellationToken) =>
        {
            await RawHttp.WriteAsync(to, $"HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: {Text.Length}");
            for (var index = 0; index < Text.Length; index++)
            {
                await to.WriteAsync(Encoding.ASCII.GetBytes(Text, index, 1), cancellationToken);
                await Task.Delay(50, cancellationToken);
            }
        });
        var watch = Stopwatch.StartNew();

        var trouble = await shelf.TroubleAsync(await HttpAsync(server, Text));

        trouble.Sentence.ShouldContain("cannot be fetched from");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Silence_is_tried_again_a_few_times_and_then_said()
    {
        using var shelf = new Shelf(hub, Short);
        await using var server = new RawHttp((_, _, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));

        var trouble = await shelf.TroubleAsync(await HttpAsync(server, Text));

        trouble.Sentence.ShouldContain("was tried 3 times: it did not answer within 0.3 s");
        server.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_that_is_busy_for_a_moment_is_asked_again()
    {
        var asked = 0;
        await using var server = new RawHttp(_ => asked++ < 2 ? ("503 Service Unavailable", "") : ("200 OK", Text));

        (await _shelf.TextAsync(await HttpAsync(server, Text))).ShouldBe(Text);
    }

    [Fact]
    public async Task Other_bytes_are_a_forgery_whatever_their_headers_say()
    {
        await using var server = new RawHttp(_ => ($"200 OK\r\nDigest: sha-256={Digest.OfText(Text)}\r\nETag: \"{Digest.OfText(Text)}\"", "forged"));

        (await _shelf.TroubleAsync(await HttpAsync(server, Text))).Cause.ShouldBe(HaltCause.DigestMismatch);
    }

    [Fact]
    public async Task Another_size_than_was_registered_is_a_forgery_without_reading_it()
    {
        await using var server = new RawHttp(_ => ("200 OK", Text));
        var artefact = await _shelf.ArtefactAsync(StoreKind.Http, server.Url, "package", Digest.OfText(Text), size: 7);

        var trouble = await _shelf.TroubleAsync(artefact);

        trouble.Cause.ShouldBe(HaltCause.DigestMismatch);
        trouble.Sentence.ShouldContain("7 were registered");
    }

    [Theory]
    [InlineData("404 Not Found", "Put it there, or correct its path")]
    [InlineData("401 Unauthorized", "Name one at the store")]
    [InlineData("403 Forbidden", "Name one at the store")]
    [InlineData("204 No Content", "answers 204")]
    [InlineData("302 Found", "leads to nothing")]
    [InlineData("302 Found\r\nLocation: file:///etc/passwd", "leads to nothing")]
    public async Task Every_refusal_says_what_would_help(string head, string words)
    {
        await using var server = new RawHttp(_ => (head, ""));

        var trouble = await _shelf.TroubleAsync(await HttpAsync(server, Text));

        trouble.Sentence.ShouldStartWith("The artefact package (package) cannot be fetched from");
        trouble.Sentence.ShouldContain(words);
    }

    [Fact]
    public async Task A_redirect_is_followed_and_the_secret_stays_behind()
    {
        await using var there = new RawHttp(_ => ("200 OK", Text));
        await using var server = new RawHttp(_ => ($"307 Temporary Redirect\r\nLocation: {there.Url}/elsewhere?signature=x", ""));
        var artefact = await _shelf.ArtefactAsync(StoreKind.Http, server.Url, "package", Digest.OfText(Text), "token");

        (await _shelf.TextAsync(artefact)).ShouldBe(Text);

        server.Asked.Single()["authorization"].ShouldBe("Bearer t0ken");
        there.Asked.Single()["authorization"].ShouldBeNull();
    }

    [Fact]
    public async Task Redirects_without_end_are_not_followed_for_ever()
    {
        await using var server = new RawHttp(request => ($"302 Found\r\nLocation: {request.Path}x", ""));

        (await _shelf.TroubleAsync(await HttpAsync(server, Text))).Sentence.ShouldContain("redirects more than 5 times");
        server.Asked.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.2")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    [InlineData("169.254.169.254")]
    public async Task A_redirect_to_another_internal_address_is_refused(string host)
    {
        await using var inside = new RawHttp(_ => ("200 OK", Text));
        await using var server = new RawHttp(_ => ($"302 Found\r\nLocation: http://{host}:{inside.Port}/latest/meta-data", ""));
        var registered = host is "2130706433" ? server.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) : server.Url;
        var artefact = await _shelf.ArtefactAsync(StoreKind.Http, registered, "package", Digest.OfText(Text));

        var trouble = await _shelf.TroubleAsync(artefact);

        trouble.Sentence.ShouldContain("an internal address");
        trouble.Sentence.ShouldContain("DeployHub:InternalStores");
        inside.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_connection_that_one_store_may_have_is_not_used_for_another()
    {
        await using var inside = new RawHttp(_ => ("200 OK", Text));
        await using var server = new RawHttp(_ => ($"302 Found\r\nLocation: http://localhost:{inside.Port}/", ""));
        (await _shelf.TextAsync(await _shelf.ArtefactAsync(StoreKind.Http, $"http://localhost:{inside.Port}", "package", Digest.OfText(Text)))).ShouldBe(Text);
        var other = Text + "other";

        using var fetched = await _shelf.Source.FetchAsync(await HttpAsync(server, other), TestContext.Current.CancellationToken);

        fetched.Trouble!.Sentence.ShouldContain("an internal address");
    }

    [Fact]
    public async Task What_the_administrator_listed_may_be_led_to()
    {
        using var shelf = new Shelf(hub, "InternalStores=cdn.example, localhost");
        await using var inside = new RawHttp(_ => ("200 OK", Text));
        await using var server = new RawHttp(_ => ($"302 Found\r\nLocation: http://localhost:{inside.Port}/", ""));

        (await shelf.TextAsync(await shelf.ArtefactAsync(StoreKind.Http, server.Url, "package", Digest.OfText(Text)))).ShouldBe(Text);
    }

    [Fact]
    public async Task A_pipe_in_a_folder_keeps_nobody_waiting()
    {
        using var shelf = new Shelf(hub, Short);
        Directory.CreateDirectory(shelf.At("store"));
        using (var made = Process.Start("mkfifo", shelf.At("store/package"))) await made.WaitForExitAsync();
        var artefact = await shelf.ArtefactAsync(StoreKind.Folder, shelf.At("store"), "package", Digest.OfText(Text));

        (await shelf.TroubleAsync(artefact)).Sentence.ShouldContain("cannot be opened within 0.3 s");
        await File.WriteAllTextAsync(shelf.At("store/package"), ""); // lets the one go that still opens it
    }

    [Theory]
    [InlineData("nothing", "does not exist. Put it there")]
    [InlineData("folder", "is a folder; name a file")]
    public async Task What_a_folder_does_not_hold_is_said(string path, string words)
    {
        Directory.CreateDirectory(_shelf.At("store/folder"));

        (await _shelf.TroubleAsync(await _shelf.ArtefactAsync(StoreKind.Folder, _shelf.At("store"), path, Digest.OfText(Text)))).Sentence.ShouldContain(words);
    }

    private Task<Artefact> HttpAsync(RawHttp server, string text) => _shelf.ArtefactAsync(StoreKind.Http, server.Url, "package", Digest.OfText(text));

    /// <summary>As an honest server does, but breaks off.</summary>
    private static async Task SendAsync(Stream to, string text, string tag, RawRequest request, int mostBytes = int.MaxValue)
    {
        var from = request["range"] is { } range && request["if-range"] == tag ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;
        var head = from == 0 ? "200 OK" : $"206 Partial Content\r\nContent-Range: bytes {from}-{text.Length - 1}/{text.Length}";
        await RawHttp.WriteAsync(to, $"HTTP/1.1 {head}\r\nETag: {tag}\r\nContent-Length: {text.Length - from}", text[from..Math.Min(text.Length, from + Math.Min(mostBytes, text.Length - from))]);
    }
}
