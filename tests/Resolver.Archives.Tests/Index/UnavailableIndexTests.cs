using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Resolver.Archives.Declarations;
using Resolver.Archives.Index;
using Resolver.Archives.Scanning;
using Xunit;

namespace Resolver.Archives.Tests.Index;

/// <summary>An index that does not answer delays a run once, however often the run asks it.</summary>
public sealed class UnavailableIndexTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly RandomArchive archive;

    public UnavailableIndexTests()
    {
        archive = new RandomArchive(scratch);
        archive.Fill(5);
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_database_that_does_not_answer_is_asked_once()
    {
        using var database = new Unavailable();
        var warnings = new List<string>();
        using var index = new ArchiveIndex(database, null, warnings.Add);
        string[] files = [.. Directory.EnumerateFiles(archive.Root, "*", SearchOption.AllDirectories)];

        foreach (
            var paths in (string[][])
                [
                    [archive.Root],
                    files,
                    [files[0]],
                    [files[1]],
                ]
        )
        {
            Assert.Equal(
                Described.All(ArchiveScanner.Scan(paths, ScanOptions.Default)),
                Described.All(index.Scan(paths, ScanOptions.Default))
            );
            _ = index.View(paths, ArchiveDeclarations.None, ScanOptions.Default).Present;
        }

        Assert.Equal(1, database.Asked);
        Assert.Equal(["going on without the index of the archive: it is locked"], warnings);
    }

    /// <summary>What nothing foresees, at each statement of the index, one after the other.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_exception_of_an_index_costs_the_index_and_not_the_scan(bool isWarm)
    {
        var expected = Described.All(ArchiveScanner.Scan([archive.Root], ScanOptions.Default));
        for (var failing = 1; ; failing++)
        {
            var file = scratch[$"index-{failing}.sqlite"];
            if (isWarm)
            {
                using var whole = new SqliteIndex(file);
                using var filled = new ArchiveIndex(whole, null, Assert.Fail);
                filled.Scan([archive.Root], ScanOptions.Default);
            }
            var warnings = new List<string>();
            using var database = new Faulty(file, failing);
            using var index = new ArchiveIndex(database, null, warnings.Add);

            Assert.Equal(expected, Described.All(index.Scan([archive.Root], ScanOptions.Default)));

            if (database.Statements < failing)
            {
                Assert.InRange(failing, 5, 100);
                Assert.Empty(warnings);
                break;
            }
            Assert.Equal(
                [
                    "going on without the index of the archive: using it failed because of a bug in this program; "
                        + "please report it: NotSupportedException: injected",
                ],
                warnings
            );
        }
    }

    private sealed class Faulty(string file, int failing) : SqliteIndex(file)
    {
        public int Statements { get; private set; }

        protected override DbConnection Connect() => new FaultyConnection(base.Connect(), this);

        private bool IsNextFailing() => ++Statements == failing;

        private sealed class FaultyConnection(DbConnection inner, Faulty index) : DbConnection
        {
            [AllowNull]
            public override string ConnectionString
            {
                get => inner.ConnectionString;
                set => inner.ConnectionString = value;
            }

            public override string Database => inner.Database;
            public override string DataSource => inner.DataSource;
            public override string ServerVersion => inner.ServerVersion;
            public override ConnectionState State => inner.State;

            public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

            public override void Close() => inner.Close();

            public override void Open() => inner.Open();

            protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
                inner.BeginTransaction(isolationLevel);

            protected override DbCommand CreateDbCommand() =>
                index.IsNextFailing() ? throw new NotSupportedException("injected") : inner.CreateCommand();

            protected override void Dispose(bool disposing)
            {
                if (disposing)
                    inner.Dispose();
                base.Dispose(disposing);
            }
        }
    }

    private sealed class Unavailable : IndexDatabase
    {
        private int asked;

        public int Asked => asked;

        public override bool WithDevice => true;

        protected override string BeginSnapshot => "BEGIN";

        protected override IReadOnlyList<string> BeginWrite => ["BEGIN"];

        public override IndexException Damaged(Exception? inner = null) => new("damaged", inner, isDamaged: true);

        protected override DbConnection Connect()
        {
            Interlocked.Increment(ref asked);
            throw new TimeoutException("it is locked");
        }

        protected override IndexException? Translate(Exception exception) =>
            exception is TimeoutException ? new IndexException(exception.Message, exception) : null;
    }
}
