using System.Text;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.Worker.Steps;
using Npgsql;

namespace DeployHub.IntegrationTests.Steps;

public sealed class RunDatabaseScriptsExecutorTests(TestPostgres postgres) : ExecutorContract
{
    private string _database = "";
    private byte[] _artefact = Archives.TarGz(
        ("db/V2__orders.sql", "create table orders (id int primary key, customer int references customers);\ninsert into orders values (1, 1);"),
        ("db/V10__note.sql", "\ufeffalter table orders add note text;\r\nupdate orders set note = 'it''s; done';"),
        ("db/V1__customers.sql", "create table customers (id int primary key);\ninsert into customers values (1);"),
        ("readme.md", "no script"));

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Scripts();

    protected override (StepSettings, string[])? Failing => (Scripts() with { Artefact = "other" }, ["shop", "2.5.1", "other"]);

    protected override (StepSettings, string?)? Endless
    {
        get
        {
            _artefact = Archives.TarGz(("db/1.sql", "create table half (id int);\nselect pg_sleep(600);"));
            return (Scripts(), null);
        }
    }

    protected override StepSettings Telling => Scripts() with { Connection = "${secret:planted}" };

    internal override SubjectVersion Version => Bench.Version("2.5.1", ("package", _artefact));

    protected override async Task<string> StateAsync() => $"{await AskAsync("select string_agg(path || checksum || done_at || step, ' ') from deployhub_scripts")} {await AskAsync("select count(*)::text from orders")}";

    [Fact]
    public async Task Scripts_run_once_each_in_natural_order()
    {
        var evidence = await SucceedsAsync(Scripts());
        evidence["Applied"].ShouldBe("V1__customers.sql, V2__orders.sql, V10__note.sql");
        evidence["Applied before"].ShouldBe("none");
        (await AskAsync("select note from orders")).ShouldBe("it's; done");
        (await AskAsync("select string_agg(distinct version || ' ' || step, '') from deployhub_scripts")).ShouldBe("2.5.1 DEP-2026-000001/R1/Execute.1/web-1/1#1");

        (await SucceedsAsync(Scripts()))["Applied before"].ShouldBe("V1__customers.sql, V2__orders.sql, V10__note.sql");
    }

    [Fact]
    public async Task Only_what_is_new_runs()
    {
        _artefact = Archives.TarGz(("db/1.sql", "create table a (id int);"));
        await SucceedsAsync(Scripts());
        _artefact = Archives.TarGz(("db/1.sql", "create table a (id int);\r\n".Replace("\r\n", "")), ("db/2.sql", "create table b (id int);"));

        var evidence = await SucceedsAsync(Scripts());
        (evidence["Applied"], evidence["Applied before"]).ShouldBe(("2.sql", "1.sql"));
    }

    [Fact]
    public async Task Two_workers_never_run_one_script_twice()
    {
        _artefact = Archives.TarGz(("db/1.sql", "create table counted (id int);"), ("db/2.sql", "insert into counted select 1 from pg_sleep(0.3);"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => VisitAsync(Scripts())));

        outcomes.ShouldAllBe(outcome => outcome is StepOutcome.Succeeded);
        outcomes.Cast<StepOutcome.Succeeded>().Count(outcome => outcome.Evidence.Contains(new Evidence("Applied", "1.sql, 2.sql"))).ShouldBe(1);
        (await AskAsync("select count(*)::text from counted")).ShouldBe("1");
    }

    [Fact]
    public async Task Whoever_waits_too_long_for_the_other_worker_says_so()
    {
        await using var other = new NpgsqlConnection(_database);
        await other.OpenAsync();
        await new NpgsqlCommand("select pg_advisory_lock(hashtextextended('deployhub deployhub_scripts', 0))", other).ExecuteNonQueryAsync();

        var failed = await FailsAsync(Scripts() with { LockWithin = "500ms" });
        failed.Cause.ShouldBe(HaltCause.LockTimeout);
        failed.Reason.ShouldContain("Another worker still ran scripts on database");
    }

    [Fact]
    public async Task A_script_that_was_changed_is_refused_before_anything_runs()
    {
        _artefact = Archives.TarGz(("db/2.sql", "select 1;"));
        await SucceedsAsync(Scripts());
        _artefact = Archives.TarGz(("db/1.sql", "create table early (id int);"), ("db/2.sql", "select 2;"));

        var failed = await FailsAsync(Scripts());
        failed.Reason.ShouldStartWith("2.sql was changed after it was applied");
        failed.Cause.ShouldBe(HaltCause.DriftDetected);
        (await AskAsync("select to_regclass('early')::text")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_error_names_file_line_and_sqlstate_and_leaves_nothing_of_its_script()
    {
        _artefact = Archives.TarGz(("db/1.sql", "create table kept (id int);"), ("db/2.sql", "create table undone (id int);\n\n-- 😀 next\nselect 😀x,\n  nothing_here from kept;"));

        var failed = await FailsAsync(Scripts());
        failed.Reason.ShouldStartWith("2.sql line 4: ");
        failed.Reason.ShouldContain("(SQLSTATE 42703)");
        failed.Evidence.ShouldContain(new Evidence("Applied", "1.sql"));
        (await AskAsync("select to_regclass('kept')::text || coalesce(to_regclass('undone')::text, ' only')")).ShouldBe("kept only");

        _artefact = Archives.TarGz(("db/1.sql", "create table kept (id int);"), ("db/2.sql", "create table undone (id int);"));
        (await SucceedsAsync(Scripts()))["Applied"].ShouldBe("2.sql");
    }

    [Fact]
    public async Task The_line_is_that_of_the_word_and_not_of_the_statement()
    {
        _artefact = Archives.TarGz(("db/1.sql", "select 1;\nselect\n  1,\n  no_such_column;"));
        (await FailsAsync(Scripts())).Reason.ShouldStartWith("1.sql line 4: column \"no_such_column\" does not exist");
    }

    [Fact]
    public async Task What_cannot_stand_in_a_transaction_says_so_in_the_file()
    {
        _artefact = Archives.TarGz(("db/1.sql", "create table big (id int);"), ("db/2.sql", "-- deployhub: no-transaction\ncreate index concurrently big_id on big (id);\nvacuum big;"));
        await SucceedsAsync(Scripts());

        _artefact = Archives.TarGz(("db/3.sql", "select 1;\ncommit;"));
        (await FailsAsync(Scripts())).Reason.ShouldStartWith("3.sql line 2: “commit” begins or ends a transaction");
    }

    [Fact]
    public async Task A_script_without_a_transaction_that_stopped_half_way_needs_a_person()
    {
        _artefact = Archives.TarGz(("db/1.sql", "-- deployhub: no-transaction\ncreate table half (id int);\nselect broken;"));
        (await FailsAsync(Scripts())).Reason.ShouldContain("the 1 statements before it stay done");
        (await FailsAsync(Scripts())).Reason.ShouldContain("was begun on database");

        await AskAsync("update deployhub_scripts set done_at = now() returning path");
        (await SucceedsAsync(Scripts()))["Applied before"].ShouldBe("1.sql");
    }

    [Fact]
    public async Task A_cancelled_script_does_not_go_on_in_the_server()
    {
        using var cancel = new CancellationTokenSource();
        var visit = VisitAsync(Endless!.Value.Item1, cancellationToken: cancel.Token);
        await TestHub.Until(async () => await SleepersAsync() == "1", "the script sleeps in the server");
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => visit);
        await TestHub.Until(async () => await SleepersAsync() == "0", "nothing sleeps there any more");
        (await AskAsync("select to_regclass('half')::text")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_the_next_visit_goes_on()
    {
        var visit = VisitAsync(Endless!.Value.Item1);
        await TestHub.Until(async () => await SleepersAsync() == "1", "the script sleeps in the server");
        await AskAsync("select pg_terminate_backend(pid)::text from pg_stat_activity where wait_event = 'PgSleep'");
        (await visit).ShouldBeOfType<StepOutcome.Failed>();

        _artefact = Archives.TarGz(("db/1.sql", "create table half (id int);"));
        (await SucceedsAsync(Scripts()))["Applied"].ShouldBe("1.sql");
    }

    [Fact]
    public async Task Functions_strings_and_comments_are_not_divided()
    {
        _artefact = Archives.TarGz(("db/1.sql", """
            /* one; /* nested; */ still */
            create function f() returns int language plpgsql as $body$ begin return 1; end; $body$;
            create function g(a int) returns int language sql begin atomic select case when a > 1 then 2 else 3 end; select a; end;
            create table "odd;name" (text text default E'a\';b', jsonb jsonb default '{"a":1}', at timestamptz default now() -- ; not here
            );
            insert into "odd;name" (text) values ($$x;y$$), (U&'\0041;');
            do $$ begin raise notice 'hello; from a block'; end $$;
            prepare p as select $1::int;
            create rule r as on insert to "odd;name" do also (select 1; select 2)
            """));
        await SucceedsAsync(Scripts());

        (await AskAsync("select string_agg(text, ' ') from \"odd;name\"")).ShouldBe("x;y A;");
        Bench.Log.ShouldContain("NOTICE: hello; from a block");
        Bench.Log.ShouldContain(line => line.StartsWith("1.sql applied: 7 statements"));
    }

    [Fact]
    public async Task A_deferred_constraint_speaks_up_with_the_script_s_name()
    {
        _artefact = Archives.TarGz(("db/1.sql", "create table parent (id int primary key); create table child (id int references parent deferrable initially deferred);\ninsert into child values (1);"));
        (await FailsAsync(Scripts())).Reason.ShouldStartWith("1.sql cannot be committed on database");
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("text", "is neither tar")]
    public async Task What_is_no_archive_is_said(string content, string sentence)
    {
        _artefact = Encoding.UTF8.GetBytes(content);
        (await FailsAsync(Scripts())).Reason.ShouldContain(sentence);
    }

    [Fact]
    public async Task One_file_of_sql_is_an_artefact_too()
    {
        var version = Bench.Version("1", ("one.sql", "create table single (id int)"u8.ToArray()));
        (await Bench.VisitAsync(new RunDatabaseScripts("${secret:db}", Version: "1", Journal: "public.my_journal"), null, version)).ShouldBeOfType<StepOutcome.Succeeded>();
        (await AskAsync("select path from my_journal")).ShouldBe("one.sql");

        var other = Bench.Version("1", ("latin.sql", [0x73, 0xe9, 0xff]));
        (await Bench.VisitAsync(new RunDatabaseScripts("${secret:db}"), null, other)).ShouldBeOfType<StepOutcome.Failed>().Reason.ShouldContain("latin.sql, which is not written in UTF-8");
    }

    [Fact]
    public async Task A_wrong_password_or_place_is_said_without_the_secret()
    {
        Bench.Know("wrong", new NpgsqlConnectionStringBuilder(_database) { Database = "no_such_database", Password = "hunter2hunter2" }.ConnectionString);
        var failed = await FailsAsync(Scripts() with { Connection = "${secret:wrong}" });

        failed.Reason.ShouldContain("no_such_database");
        failed.Reason.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("x; drop table y")]
    [InlineData("a.b.c")]
    [InlineData("\"quoted\"")]
    public async Task A_journal_that_names_no_table_is_refused(string journal) => (await FailsAsync(Scripts() with { Journal = journal })).Reason.ShouldContain("cannot name the journal");

    protected override async Task PrepareAsync()
    {
        _database = await postgres.NewDatabaseAsync();
        Bench.Know("db", _database);
    }

    private static RunDatabaseScripts Scripts() => new("${secret:db}", Folder: "db", Version: "2.5.1");

    private Task<string> SleepersAsync() => AskAsync("select count(*)::text from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()");

    private async Task<string> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() as string ?? "";
    }
}
