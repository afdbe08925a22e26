using Resolver.Archives.Candidates;
using Resolver.Archives.Declarations;
using Resolver.Archives.Index;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Names;
using Xunit;

namespace Resolver.Archives.Tests.Index;

/// <summary>Runs while nothing else does: what is alive is counted for the whole process.</summary>
[CollectionDefinition("Memory", DisableParallelization = true)]
public static class MemoryMeasurements;

/// <summary>How many bytes a file of an archive keeps alive while the archive is read and when it has been: it may be
/// one of millions.</summary>
[Collection("Memory")]
public sealed class MemoryTests
{
    private const int Few = 1000,
        Many = 4 * Few;

    // Its place, a glance at it, and room for noise. An object for each would be ten times that.
    private const long MostBytesAFile = 100;

    // Whatever the size, so many readings wait to be written.
    private const long Constant = 1 << 20;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_of_an_archive_takes_a_few_bytes_while_it_is_scanned_and_after(bool indexed) =>
        AssertFlat(
            indexed,
            (index, folder, options) =>
            {
                var found = index.Scan([folder], options);
                return () => ArchiveReport.Of(found, []).Count;
            }
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_of_an_archive_takes_a_few_bytes_of_a_plan_that_does_not_need_it(bool indexed) =>
        AssertFlat(
            indexed,
            (index, folder, options) =>
            {
                var source = new ArchiveCandidateSource(index.View([folder], ArchiveDeclarations.None, options), []);
                Assert.NotEmpty(source.CandidatesOf(PackageName.Parse("name7")));
                return () => source.Projects.Count();
            }
        );

    private static void AssertFlat(bool indexed, Func<ArchiveIndex, string, ScanOptions, Func<int>> read)
    {
        // What the process holds beside comes and goes in its own time: that a file takes little shows where it does
        // not just come.
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least >= Constant + MostBytesAFile * (Many - Few); attempt++)
            least = Math.Min(least, -Alive(Few) + Alive(Many));
        Assert.True(least < Constant + MostBytesAFile * (Many - Few), $"{least / (Many - Few)} bytes a file");

        long Alive(int files)
        {
            using var scratch = new Scratch();
            for (var i = 0; i < files; i++)
            {
                scratch.Zip(
                    $"archive/{i % 10}/name{i % 50}-{i}-py3-none-any.whl",
                    (
                        $"name{i % 50}-{i}.dist-info/METADATA",
                        $"Metadata-Version: 2.1\nName: name{i % 50}\nVersion: {i}\nRequires-Dist: "
                            + $"other-{i % 7}>={i}\nRequires-Dist: another>=1\n"
                    ),
                    ($"name{i % 50}-{i}.dist-info/WHEEL", "Wheel-Version: 1.0\n"),
                    ($"name{i % 50}-{i}.dist-info/RECORD", "")
                );
            }
            using var index = indexed
                ? ArchiveIndex.InDirectory(scratch["cache"], message => Assert.Fail(message))
                : ArchiveIndex.None;
            var (before, most, count) = (Now(), 0L, 0);
            var ask = read(
                index,
                scratch["archive"],
                ScanOptions.Default with
                {
                    // What another thread is about to throw away would be counted, too.
                    Jobs = 1,
                    MostHeld = 64 << 10,
                    Progress = () =>
                    {
                        if (++count % 1000 == 0)
                            Look();
                    },
                }
            );
            Look();
            Assert.InRange(ask(), 1, files);
            Look();
            return most - before;

            void Look() => most = Math.Max(most, Now());
        }

        static long Now()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            return GC.GetTotalMemory(forceFullCollection: false);
        }
    }
}
