using System.Diagnostics;
using System.Text.Json;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using Npgsql;

namespace DeployHub.Benchmarks;

/// <summary>A whole year of the calendar: 20,000 slots and 200 recurring windows, as the API answers it, beside the bare query for the slots.</summary>
internal static class YearCalendar
{
    private const int Slots = 20_000;
    private const int Windows = 200;
    private const int Rounds = 25;

    private static readonly string[] Days = ["MO", "TU", "WE", "TH", "FR"];

    private static readonly DateTimeOffset Start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync()
    {
        await using var database = await BenchDatabase.StartAsync();
        var connectionString = await database.NewAsync();
        await using var product = await ProductProcess.StartAsync(connectionString);
        await PlanAYearAsync(connectionString);
        using var http = await product.SignedInAsync();

        var address = new Uri($"/api/v1/calendar?from={Start:yyyy-MM-dd}T00:00:00Z&to={Start.AddYears(1):yyyy-MM-dd}T00:00:00Z", UriKind.Relative);
        var (times, bare, bytes) = (new List<double>(), new List<double>(), Array.Empty<byte>());
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        for (var round = 0; round < Rounds + 5; round++)
        {
            bare.Add(await MeasuredAsync(() => QueryAsync(connection)));
            times.Add(await MeasuredAsync(async () => bytes = await http.GetByteArrayAsync(address)));
        }

        var view = JsonDocument.Parse(bytes).RootElement;
        var occurrences = view.GetProperty("windows").EnumerateArray().Sum(window => window.GetProperty("times").GetArrayLength());
        var month = new Uri($"/api/v1/calendar?from={Start:yyyy-MM-dd}T00:00:00Z&to={Start.AddDays(42):yyyy-MM-dd}T00:00:00Z", UriKind.Relative);
        var months = new List<double>();
        for (var round = 0; round < Rounds + 5; round++) months.Add(await MeasuredAsync(() => http.GetByteArrayAsync(month)));

        var (asked, queried) = (Report.Median(times.Skip(5)), Report.Median(bare.Skip(5)));
        await new Report("calendar", $"How long does the calendar of a year take with {Slots:N0} slots and {Windows} recurring windows?")
            .Add("slots answered", view.GetProperty("slots").GetArrayLength()).Add("times at which windows open", occurrences).Add("answer, KiB", bytes.Length / 1024d)
            .Add("the bare query for the slots, ms (median)", queried)
            .Add("asked over HTTP, ms (median)", asked).Goal("≤ 150 ms", asked <= 150).Add("times the bare query", asked / queried)
            .Add("six weeks of it, as a month is drawn, ms (median)", Report.Median(months.Skip(5)))
            .WriteAsync();
    }

    private static async Task PlanAYearAsync(string connectionString)
    {
        await using var hub = await BenchHub.StartAsync(connectionString, works: false);
        await hub.RegisterAsync(environments: 1);
        var number = await hub.PlanAsync(new PlanInput { Environment = "env-1", Versions = ["shelf@1"], Model = "nothing", SlotStart = Start, SlotEnd = Start.AddMinutes(25) });
        for (var window = 0; window < Windows; window++)
        {
            var first = new DateTime(2026, 1, 5 + (window % 5), window % 22, 0, 0);
            await hub.DoAsync(new DefineWindow(
                $"Window {window}", "Bench", "Bench", new ScopeInput { Environment = window % 2 == 0 ? "env-1" : "staging" },
                new RecurrenceInput { Start = first, End = first.AddHours(2), Zone = "Europe/Berlin", Rule = $"FREQ=WEEKLY;BYDAY={Days[window % 5]}" }));
        }

        await CopyAsync(connectionString, number);
    }

    /// <summary>The same deployment again and again, every 26 minutes of the year.</summary>
    private static async Task CopyAsync(string connectionString, string number)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Command Timeout=300");
        await connection.OpenAsync();
        await using var columns = new NpgsqlCommand("select string_agg(quote_ident(column_name), ', ') from information_schema.columns where table_name = 'deployments' and table_schema = 'public' and column_name not in ('id', 'number', 'slot_start', 'slot_end')", connection);
        var rest = (string)(await columns.ExecuteScalarAsync())!;
        await using var copy = new NpgsqlCommand(
            $"insert into deployments (id, number, slot_start, slot_end, {rest}) select gen_random_uuid(), 'DEP-2027-' || lpad(n::text, 6, '0'), slot_start + n * interval '26 minutes', slot_end + n * interval '26 minutes', {rest} from deployments, generate_series(1, {Slots - 1}) as n where number = $1",
            connection);
        copy.Parameters.AddWithValue(number);
        await copy.ExecuteNonQueryAsync();
        await using var analyze = new NpgsqlCommand("analyze", connection);
        await analyze.ExecuteNonQueryAsync();
    }

    private static async Task QueryAsync(NpgsqlConnection connection)
    {
        await using var query = new NpgsqlCommand(
            "select number, title, service_id, environment_id, status, outcome, slot_start, slot_end, started_at, completed_at from deployments where slot_start < $1 and slot_end > $2 and status <> 'Draft' order by slot_start, number", connection);
        query.Parameters.AddWithValue(Start.AddYears(1));
        query.Parameters.AddWithValue(Start);
        await using var reader = await query.ExecuteReaderAsync();
        var row = new object[10];
        while (await reader.ReadAsync()) reader.GetValues(row);
    }

    private static async Task<double> MeasuredAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }
}
