using System.Data.Common;
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
