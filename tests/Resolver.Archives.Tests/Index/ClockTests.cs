using CsCheck;
using Resolver.Archives.Candidates;
using Resolver.Archives.Declarations;
using Resolver.Archives.Files;
using Resolver.Archives.Index;
using Resolver.Archives.Scanning;
using Xunit;

namespace Resolver.Archives.Tests.Index;

/// <summary>A clock may jump, and files may come from one that goes wrong: the index believes no file that may have
/// changed since.</summary>
[Collection("Indexes")]
public sealed class ClockTests
{
    private const long Year = 365L * 24 * 3600 * 1_000_000_000;

    public static TheoryData<string> Kinds => IndexKinds.All;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Answers_are_right_whatever_the_clock_says(string kind)
    {
        using (var before = new Scratch())
            IndexKinds.Clear(kind, before);

        Gen.Select(Gen.Int[0, 500], RandomArchive.Changes, Gen.Int[-30, 1].Array[8])
            .Sample(
                (seed, changes, years) =>
                {
                    using var scratch = new Scratch();
                    var archive = new RandomArchive(scratch);
                    archive.Fill(seed);
                    for (var i = 0; i < changes.Length; i++)
                    {
                        var options = ScanOptions.Default with { Now = () => FileIdentity.Now() + years[i] * Year };
                        AssertRight(kind, scratch, archive.Root, options);
                        archive.Change(changes[i].Kind, changes[i].Which, changes[i].Seed);
                        AssertRight(kind, scratch, archive.Root, options);
                    }
                },
                iter: 20,
                threads: 1
            );
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_and_a_folder_with_times_in_the_future_are_read_each_time(string kind)
    {
        using var scratch = new Scratch();
        IndexKinds.Clear(kind, scratch);
        var future = new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var i = 0; i < 8; i++)
        {
            // Of the same length each time, and of the same name in every other.
            var name = $"one-{i / 2 % 2}-py3-none-any.whl";
            if (Directory.Exists(scratch["archive"]))
                Directory.Delete(scratch["archive"], recursive: true);
            scratch.Zip(
                $"archive/{name}",
                (
                    $"one-{i / 2 % 2}.dist-info/METADATA",
                    $"Metadata-Version: 2.1\nName: one\nVersion: {i / 2 % 2}\nRequires-Dist: other>={10 + i}\n"
                ),
                ($"one-{i / 2 % 2}.dist-info/WHEEL", "Wheel-Version: 1.0\n"),
                ($"one-{i / 2 % 2}.dist-info/RECORD", "")
            );
            File.SetLastWriteTimeUtc(scratch[$"archive/{name}"], future);
            Directory.SetLastWriteTimeUtc(scratch["archive"], future);

            using var index = IndexKinds.Open(kind, scratch);
            var found = Assert.Single(index.Scan([scratch["archive"]], ScanOptions.Default));

            Assert.Equal($"other>={10 + i}", found.RequiresDist![0].ToString());
        }
    }

    private static void AssertRight(string kind, Scratch scratch, string root, ScanOptions options)
    {
        var expected = ArchiveScanner.Scan([root], ScanOptions.Default);
        using (var index = IndexKinds.Open(kind, scratch))
            Assert.Equal(Described.All(expected), Described.All(index.Scan([root], options)));
        using (var index = IndexKinds.Open(kind, scratch))
        {
            var with = new ArchiveCandidateSource(index.View([root], ArchiveDeclarations.None, options), []);
            var without = new ArchiveCandidateSource(expected);
            foreach (var project in without.Projects)
                Assert.Equal(
                    without.CandidatesOf(project).Select(Described.Of),
                    with.CandidatesOf(project).Select(Described.Of)
                );
        }
    }
}
