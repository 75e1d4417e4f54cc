// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data sets of Shokri et al. 2017 and of ML-Leaks (Salem et al. 2019). Hashes of archives are those that
 * scikit-learn and TensorFlow Datasets publish, those of files were computed from copies equal to the originals.
 */
public final class DatasetCatalogue {

    private static final String AUTHORS = "https://github.com/privacytrustlab/datasets/raw/master/";
    private static final String UCI = "https://archive.ics.uci.edu/ml/machine-learning-databases/adult/";
    private static final String MNIST = "https://ossci-datasets.s3.amazonaws.com/mnist/";
    private static final String TORONTO = "https://www.cs.toronto.edu/~kriz/";
    private static final String FIGSHARE = "https://ndownloader.figshare.com/files/";
    private static final String QUARTERS = "ML-Leaks: quarters of the whole";

    private static final List<CatalogueEntry> ALL =
            List.of(location(), purchase(), texas(), adult(), mnist(), cifar10(), cifar100(), lfw(), news());

    private DatasetCatalogue() {}

    /** All data sets. */
    public static List<CatalogueEntry> all() {
        return ALL;
    }

    /** The data set of a name. */
    public static Optional<CatalogueEntry> find(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    private static CatalogueEntry location() {
        return new CatalogueEntry(
                "location",
                "Location-30",
                LocationDataset.RECORDS,
                LocationDataset.FEATURES,
                LocationDataset.CLASSES,
                "Shokri: 1,200 (Google) or 1,600; " + QUARTERS,
                "Foursquare check-ins in Bangkok, Yang et al.; Shokri et al.",
                "none stated; research use; don't pass on",
                List.of(DatasetDownload.archive(
                        AUTHORS + "dataset_location.tgz",
                        "dataset_location.tgz",
                        Optional.of("927203f85a868f8ee17a0ded1dc61699efe602167beabe34fbf45b4b1de94b33"),
                        "bangkok")),
                Map.of("bangkok", Optional.of("2ca8f7fc231251e089823e44d39f2d1eed124574cc351c7f80368cfe631dd718")),
                LocationDataset::read);
    }

    private static CatalogueEntry purchase() {
        return new CatalogueEntry(
                "purchase",
                "Purchase-100",
                197_324,
                PurchaseDataset.FEATURES,
                PurchaseDataset.CLASSES,
                "Shokri: 10,000; " + QUARTERS,
                "Kaggle, Acquire Valued Shoppers; Shokri et al.",
                "none stated; Kaggle competition rules; don't pass on",
                List.of(DatasetDownload.archive(
                        AUTHORS + "dataset_purchase.tgz",
                        "dataset_purchase.tgz",
                        Optional.empty(),
                        "dataset_purchase")),
                Map.of("dataset_purchase", Optional.empty()),
                PurchaseDataset::read);
    }

    private static CatalogueEntry texas() {
        return new CatalogueEntry(
                "texas",
                "Texas-100",
                67_330,
                6_169,
                TexasDataset.CLASSES,
                "Shokri: 10,000",
                "Hospital Discharge Data, Texas Department of State Health Services; Shokri et al.",
                "the department's terms of use; don't pass on",
                List.of(DatasetDownload.archive(
                        AUTHORS + "dataset_texas.tgz",
                        "dataset_texas.tgz",
                        Optional.empty(),
                        "100/feats",
                        "100/labels")),
                Map.of("100/feats", Optional.empty(), "100/labels", Optional.empty()),
                TexasDataset::read);
    }

    private static CatalogueEntry adult() {
        String data = "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d";
        String test = "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05";
        return new CatalogueEntry(
                "adult",
                "Adult",
                48_842,
                14,
                AdultDataset.CLASSES,
                "Shokri: 10,000; " + QUARTERS,
                "Becker and Kohavi, UCI Machine Learning Repository",
                "CC BY 4.0",
                List.of(
                        DatasetDownload.file(UCI + "adult.data", "adult.data", Optional.of(data)),
                        DatasetDownload.file(UCI + "adult.test", "adult.test", Optional.of(test))),
                Map.of("adult.data", Optional.of(data), "adult.test", Optional.of(test)),
                dataDir -> AdultDataset.read(dataDir, AdultDataset.Missing.AS_CATEGORY)
                        .all());
    }

    private static CatalogueEntry mnist() {
        Map<String, Optional<String>> files = Map.of(
                "train-images-idx3-ubyte",
                Optional.of("ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                "train-labels-idx1-ubyte",
                Optional.of("65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                "t10k-images-idx3-ubyte",
                Optional.of("0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                "t10k-labels-idx1-ubyte",
                Optional.of("ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));
        return new CatalogueEntry(
                "mnist",
                "MNIST",
                70_000,
                784,
                MnistDataset.CLASSES,
                "Shokri: 10,000; " + QUARTERS,
                "LeCun, Cortes, Burges",
                "usually given as CC BY-SA 3.0",
                files.keySet().stream()
                        .sorted()
                        .map(file -> DatasetDownload.file(MNIST + file + ".gz", file + ".gz", Optional.empty()))
                        .toList(),
                files,
                dataDir -> MnistDataset.read(dataDir).all());
    }

    private static CatalogueEntry cifar10() {
        return new CatalogueEntry(
                "cifar10",
                "CIFAR-10",
                60_000,
                CifarDataset.FEATURES,
                CifarDataset.CLASSES_10,
                "Shokri: 2,500 to 15,000; ML-Leaks: 10,520",
                "Krizhevsky 2009",
                "none stated; cite the report; don't pass on",
                List.of(DatasetDownload.archive(
                        TORONTO + "cifar-10-binary.tar.gz",
                        "cifar-10-binary.tar.gz",
                        Optional.of("c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
                        "data_batch_1.bin",
                        "data_batch_2.bin",
                        "data_batch_3.bin",
                        "data_batch_4.bin",
                        "data_batch_5.bin",
                        "test_batch.bin")),
                Map.of(
                        "data_batch_1.bin",
                        Optional.of("cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
                        "data_batch_2.bin",
                        Optional.of("a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
                        "data_batch_3.bin",
                        Optional.of("bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
                        "data_batch_4.bin",
                        Optional.of("014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
                        "data_batch_5.bin",
                        Optional.of("755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
                        "test_batch.bin",
                        Optional.of("8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b")),
                dataDir -> CifarDataset.read10(dataDir).all());
    }

    private static CatalogueEntry cifar100() {
        return new CatalogueEntry(
                "cifar100",
                "CIFAR-100",
                60_000,
                CifarDataset.FEATURES,
                CifarDataset.CLASSES_100,
                "Shokri: 4,600 to 29,540; ML-Leaks: 10,520",
                "Krizhevsky 2009",
                "none stated; cite the report; don't pass on",
                List.of(DatasetDownload.archive(
                        TORONTO + "cifar-100-binary.tar.gz",
                        "cifar-100-binary.tar.gz",
                        Optional.of("58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"),
                        "train.bin",
                        "test.bin")),
                Map.of(
                        "train.bin",
                        Optional.of("f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29"),
                        "test.bin",
                        Optional.of("d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a")),
                dataDir -> CifarDataset.read100(dataDir).all());
    }

    private static CatalogueEntry lfw() {
        return new CatalogueEntry(
                "lfw",
                "LFW Face",
                1_867,
                FaceDataset.HEIGHT * FaceDataset.WIDTH,
                FaceDataset.CLASSES,
                QUARTERS,
                "Huang et al. 2007, UMass Amherst",
                "research use; photographs belong to their owners; don't pass on",
                List.of(new DatasetDownload(
                        URI.create(FIGSHARE + "5976015"),
                        "lfw-funneled.tgz",
                        Optional.of("b47c8422c8cded889dc5a13418c4bc2abbda121092b3533a83306f90d900100a"),
                        Optional.of(FaceArchive::unpack))),
                Map.of("lfw-images-idx3-ubyte", Optional.empty(), "lfw-labels-idx1-ubyte", Optional.empty()),
                FaceDataset::read);
    }

    private static CatalogueEntry news() {
        return new CatalogueEntry(
                "news",
                "20 Newsgroups",
                18_846,
                134_410,
                NewsDataset.CLASSES,
                "ML-Leaks: 4,500",
                "Lang; Rennie's by-date version",
                "none stated by the compilers; UCI lists CC BY 4.0; has names and addresses",
                List.of(DatasetDownload.file(
                        FIGSHARE + "5975967",
                        "20news-bydate.tar.gz",
                        Optional.of("8f1b2514ca22a5ade8fbb9cfa5727df95fa587f4c87b786e15c759fa66d95610"))),
                Map.of("20news-bydate.tar", Optional.empty()),
                dataDir -> NewsDataset.read(dataDir, NewsDataset.Options.USUAL).all());
    }
}
